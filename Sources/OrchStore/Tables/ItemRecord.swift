package import SQLite

/// One thing that happened in a turn, at rest.
///
/// Columns of table `item`; what they mean stands in `Migrations/m0001_init.sql`.
package struct ItemRecord: Sendable, Hashable {
    package var turn: String
    package var item: String
    package var kind: String
    /// nil: not finished.
    package var status: String?
    package var summary: String?
    package var artifact: String?
    package var atMs: Int64

    /// The columns in the order that `init(row:)` reads.
    package static let columns = "turn, item, kind, status, summary, artifact, at_ms"

    /// Reads one row of `columns`.
    package init(row: Row) throws {
        turn = try row.get(0)
        item = try row.get(1)
        kind = try row.get(2)
        status = try row.get(3)
        summary = try row.get(4)
        artifact = try row.get(5)
        atMs = try row.get(6)
    }
}
