/// Where the issues are.
package enum TrackerKind: String, Sendable, Hashable, CaseIterable {
    /// In the hub's own database: `orch issue`.
    case local
    /// At GitHub: issues, labels, comments and pull requests are the control surface.
    case github
}
