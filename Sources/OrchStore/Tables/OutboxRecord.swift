package import SQLite

/// An effect on the world at rest.
///
/// Columns of table `outbox`; what they mean stands in `Migrations/m0001_init.sql`.
package struct OutboxRecord: Sendable, Hashable {
    package var id: Int64
    package var key: String
    package var kind: String
    package var lane: String
    package var agent: Int64?
    package var issue: Int?
    package var turn: String?
    package var payload: String
    package var status: OutboxStatus
    package var attempts: Int
    package var dueAtMs: Int64
    package var epoch: Int64?
    package var result: String?
    package var error: String?
    package var createdAtMs: Int64
    package var settledAtMs: Int64?

    /// The columns in the order that `init(row:)` reads.
    package static let columns = """
        id, key, kind, lane, agent, issue, turn, payload, status, attempts, due_at_ms, epoch, result,
        error, created_at_ms, settled_at_ms
        """

    /// Reads one row of `columns`.
    package init(row: borrowing Row) throws {
        id = try row.get(0)
        key = try row.get(1)
        kind = try row.get(2)
        lane = try row.get(3)
        agent = try row.get(4)
        issue = try row.get(5)
        turn = try row.get(6)
        payload = try row.get(7)
        status = try row.get(8)
        attempts = try row.get(9)
        dueAtMs = try row.get(10)
        epoch = try row.get(11)
        result = try row.get(12)
        error = try row.get(13)
        createdAtMs = try row.get(14)
        settledAtMs = try row.get(15)
    }
}
