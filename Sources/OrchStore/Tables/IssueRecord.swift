package import OrchCore
package import SQLite

/// An issue at rest.
///
/// Columns of table `issue`; what they mean stands in `Migrations/m0001_init.sql`.
package struct IssueRecord: Sendable, Hashable {
    package var number: Int
    package var title: String
    package var body: String
    package var author: String
    package var isOpen: Bool
    package var phase: IssuePhase
    package var phaseSinceMs: Int64
    package var reason: String?
    package var priority: Int
    package var branch: String?
    package var worktree: String?
    package var baseCommit: String?
    package var headCommit: String?
    package var attempts: Int
    package var retryAtMs: Int64?
    package var createdAtMs: Int64
    package var updatedAtMs: Int64
    package var closedAtMs: Int64?

    /// The columns in the order that `init(row:)` reads.
    package static let columns = """
        number, title, body, author, state, phase, phase_since_ms, reason, priority, branch, worktree,
        base_commit, head_commit, attempts, retry_at_ms, created_at_ms, updated_at_ms, closed_at_ms
        """

    /// Reads one row of `columns`.
    package init(row: borrowing Row) throws {
        number = try row.get(0)
        title = try row.get(1)
        body = try row.get(2)
        author = try row.get(3)
        isOpen = try row.get(4) == "open"
        phase = try row.get(5)
        phaseSinceMs = try row.get(6)
        reason = try row.get(7)
        priority = try row.get(8)
        branch = try row.get(9)
        worktree = try row.get(10)
        baseCommit = try row.get(11)
        headCommit = try row.get(12)
        attempts = try row.get(13)
        retryAtMs = try row.get(14)
        createdAtMs = try row.get(15)
        updatedAtMs = try row.get(16)
        closedAtMs = try row.get(17)
    }
}
