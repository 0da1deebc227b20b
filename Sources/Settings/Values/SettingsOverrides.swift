/// What the flags of `orch daemon` say: nil where a flag was not given.
package struct SettingsOverrides: Sendable, Hashable {
    package var wip: Int?
    package var checkinMs: Int64?
    package var budgetMs: Int64?
    package var tokensMax: Int64?
    package var model: String?
    package var codexPath: String?
    package var appServer: AppServerMode?
    package var dangerous: Bool?
    package var autopilot: Bool?
    package var orchestrator: Bool?
    package var mirror: Bool?
    package var tracker: TrackerKind?
    package var repository: String?
    package var apiURL: String?
    package var pollMs: Int64?
    package var staleMs: Int64?

    /// No flags.
    package init() {}
}
