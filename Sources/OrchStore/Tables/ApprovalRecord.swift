package import OrchCore
package import SQLite

/// A request of Codex at rest.
///
/// Columns of table `approval`; what they mean stands in `Migrations/m0001_init.sql`.
package struct ApprovalRecord: Sendable, Hashable {
    package var id: Int64
    package var appServer: Int64
    package var request: String
    package var requestHash: String
    package var agent: Int64
    package var turn: String?
    package var item: String?
    package var kind: String
    package var summary: String
    package var payload: String
    package var status: ApprovalStatus
    package var answered: Bool
    package var decidedBy: String?
    package var reason: String?
    package var atMs: Int64
    package var deadlineMs: Int64
    package var decidedAtMs: Int64?

    /// The columns in the order that `init(row:)` reads.
    package static let columns = """
        id, app_server, request, request_hash, agent, turn, item, kind, summary, payload, status, answered,
        decided_by, reason, at_ms, deadline_ms, decided_at_ms
        """

    /// Reads one row of `columns`.
    package init(row: borrowing Row) throws {
        id = try row.get(0)
        appServer = try row.get(1)
        request = try row.get(2)
        requestHash = try row.get(3)
        agent = try row.get(4)
        turn = try row.get(5)
        item = try row.get(6)
        kind = try row.get(7)
        summary = try row.get(8)
        payload = try row.get(9)
        status = try row.get(10)
        answered = try row.get(11)
        decidedBy = try row.get(12)
        reason = try row.get(13)
        atMs = try row.get(14)
        deadlineMs = try row.get(15)
        decidedAtMs = try row.get(16)
    }
}
