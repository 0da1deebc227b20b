/// What the gate remembers: how much was asked lately, and until when it must be silent.
///
/// All times are milliseconds on the gate's clock, which never goes back and goes on while the machine sleeps.
package struct GateState: Sendable, Hashable {
    /// Why nothing may be asked.
    package enum Silence: String, Sendable, Hashable, CaseIterable {
        /// The primary limit is used up.
        case primary
        /// A secondary limit was met, or GitHub said for how long.
        case secondary
    }

    /// Until when GitHub wants to hear nothing.
    package var silentUntilMs: Int64?
    /// Why.
    package var silence: Silence?
    /// Until when to leave a server in peace that has errors or can't be reached.
    package var troubleUntilMs: Int64?
    /// How many secondary limits were met in a row.
    package var strikes = 0
    /// How many errors of the server or the network there were in a row.
    package var troubles = 0
    /// When the last write began.
    package var lastWriteMs: Int64?
    /// The points of the last minute.
    package var points = RollingCount(spanMs: 60_000)
    /// The content of the last minute.
    package var contentMinute = RollingCount(spanMs: 60_000)
    /// The content of the last hour.
    package var contentHour = RollingCount(spanMs: 3_600_000)
    /// The primary limit, as the last answer said.
    package var limit: Int?
    /// What is left of it.
    package var remaining: Int?
    /// How far apart GitHub wants polls to be at least.
    package var pollIntervalMs: Int64?

    /// Nothing was asked yet.
    package init() {}
}
