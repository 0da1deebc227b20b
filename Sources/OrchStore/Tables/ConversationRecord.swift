package import SQLite

/// A Codex thread at rest.
///
/// Columns of table `conversation`; what they mean stands in `Migrations/m0001_init.sql`.
package struct ConversationRecord: Sendable, Hashable {
    package var id: Int64
    package var agent: Int64
    package var thread: String?
    package var state: ConversationState
    package var hasRollout: Bool
    package var cwd: String
    package var tokensSeen: Int64
    package var createdAtMs: Int64
    package var lostReason: String?

    /// The columns in the order that `init(row:)` reads.
    package static let columns = """
        id, agent, thread, state, has_rollout, cwd, tokens_seen, created_at_ms, lost_reason
        """

    /// Reads one row of `columns`.
    package init(row: borrowing Row) throws {
        id = try row.get(0)
        agent = try row.get(1)
        thread = try row.get(2)
        state = try row.get(3)
        hasRollout = try row.get(4)
        cwd = try row.get(5)
        tokensSeen = try row.get(6)
        createdAtMs = try row.get(7)
        lostReason = try row.get(8)
    }
}
