package import OrchCore
package import SQLite

/// An agent at rest.
///
/// Columns of table `agent`; what they mean stands in `Migrations/m0001_init.sql`.
package struct AgentRecord: Sendable, Hashable {
    package var id: Int64
    package var name: String
    package var role: AgentRole
    package var issue: Int?
    package var phase: AgentPhase
    package var phaseSinceMs: Int64
    package var reason: String?
    package var outcome: AgentOutcome?
    package var branch: String?
    package var worktree: String?
    package var failures: Int
    package var createdAtMs: Int64
    package var lastEventMs: Int64
    package var lastEvent: String?
    package var brief: String?
    package var closedAtMs: Int64?

    /// The columns in the order that `init(row:)` reads.
    package static let columns = """
        id, name, role, issue, phase, phase_since_ms, reason, outcome, branch, worktree, failures,
        created_at_ms, last_event_ms, last_event, brief, closed_at_ms
        """

    /// Reads one row of `columns`.
    package init(row: borrowing Row) throws {
        id = try row.get(0)
        name = try row.get(1)
        role = try row.get(2)
        issue = try row.get(3)
        phase = try row.get(4)
        phaseSinceMs = try row.get(5)
        reason = try row.get(6)
        outcome = try row.get(7)
        branch = try row.get(8)
        worktree = try row.get(9)
        failures = try row.get(10)
        createdAtMs = try row.get(11)
        lastEventMs = try row.get(12)
        lastEvent = try row.get(13)
        brief = try row.get(14)
        closedAtMs = try row.get(15)
    }
}
