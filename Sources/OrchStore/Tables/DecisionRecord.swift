package import OrchCore
package import SQLite

/// A decision of the orchestrator at rest.
///
/// Columns of table `decision`; what they mean stands in `Migrations/m0001_init.sql`.
package struct DecisionRecord: Sendable, Hashable {
    package var id: Int64
    package var key: String
    package var turn: String?
    package var source: String
    package var verb: String
    package var payload: String
    package var status: DecisionStatus
    package var reason: String?
    package var result: String?
    package var agent: Int64?
    package var issue: Int?
    package var atMs: Int64
    package var settledAtMs: Int64?

    /// The columns in the order that `init(row:)` reads.
    package static let columns = """
        id, key, turn, source, verb, payload, status, reason, result, agent, issue, at_ms, settled_at_ms
        """

    /// Reads one row of `columns`.
    package init(row: borrowing Row) throws {
        id = try row.get(0)
        key = try row.get(1)
        turn = try row.get(2)
        source = try row.get(3)
        verb = try row.get(4)
        payload = try row.get(5)
        status = try row.get(6)
        reason = try row.get(7)
        result = try row.get(8)
        agent = try row.get(9)
        issue = try row.get(10)
        atMs = try row.get(11)
        settledAtMs = try row.get(12)
    }
}
