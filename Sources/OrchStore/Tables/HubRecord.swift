package import SQLite

/// The hub's one row.
///
/// Columns of table `hub`; what they mean stands in `Migrations/m0001_init.sql`.
package struct HubRecord: Sendable, Hashable {
    package var epoch: Int64
    package var state: String
    package var pid: Int64?
    package var host: String?
    package var version: String?
    package var repository: String?
    package var baseBranch: String?
    package var startedAtMs: Int64?
    package var heartbeatAtMs: Int64?
    package var autopilot: Bool
    package var dangerous: Bool
    package var orchestrator: Bool
    package var wip: Int
    package var paused: Bool
    package var pausedReason: String?
    package var quotaUntilMs: Int64?
    package var quotaReason: String?
    package var toldSuppressed: Bool
    package var settings: String?

    /// The columns in the order that `init(row:)` reads.
    package static let columns = """
        epoch, state, pid, host, version, repository, base_branch, started_at_ms, heartbeat_at_ms,
        autopilot, dangerous, orchestrator, wip, paused, paused_reason, quota_until_ms, quota_reason,
        told_suppressed, settings
        """

    /// Reads one row of `columns`.
    package init(row: borrowing Row) throws {
        epoch = try row.get(0)
        state = try row.get(1)
        pid = try row.get(2)
        host = try row.get(3)
        version = try row.get(4)
        repository = try row.get(5)
        baseBranch = try row.get(6)
        startedAtMs = try row.get(7)
        heartbeatAtMs = try row.get(8)
        autopilot = try row.get(9)
        dangerous = try row.get(10)
        orchestrator = try row.get(11)
        wip = try row.get(12)
        paused = try row.get(13)
        pausedReason = try row.get(14)
        quotaUntilMs = try row.get(15)
        quotaReason = try row.get(16)
        toldSuppressed = try row.get(17)
        settings = try row.get(18)
    }
}
