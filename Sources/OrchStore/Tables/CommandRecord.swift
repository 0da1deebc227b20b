package import SQLite

/// What somebody asked of the hub, at rest.
///
/// Columns of table `command`; what they mean stands in `Migrations/m0001_init.sql`.
package struct CommandRecord: Sendable, Hashable {
    package var id: Int64
    package var kind: String
    package var payload: String
    package var source: String
    package var status: CommandStatus
    package var result: String?
    package var error: String?
    package var createdAtMs: Int64
    package var settledAtMs: Int64?

    /// The columns in the order that `init(row:)` reads.
    package static let columns = """
        id, kind, payload, source, status, result, error, created_at_ms, settled_at_ms
        """

    /// Reads one row of `columns`.
    package init(row: borrowing Row) throws {
        id = try row.get(0)
        kind = try row.get(1)
        payload = try row.get(2)
        source = try row.get(3)
        status = try row.get(4)
        result = try row.get(5)
        error = try row.get(6)
        createdAtMs = try row.get(7)
        settledAtMs = try row.get(8)
    }
}
