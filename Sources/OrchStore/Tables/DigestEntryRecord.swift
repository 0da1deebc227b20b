package import SQLite

/// A fact for the orchestrator at rest.
///
/// Columns of table `digest_entry`; what they mean stands in `Migrations/m0001_init.sql`.
package struct DigestEntryRecord: Sendable, Hashable {
    package var id: Int64
    package var kind: String
    package var agent: Int64?
    package var issue: Int?
    package var data: String
    package var atMs: Int64
    package var digest: String?

    /// The columns in the order that `init(row:)` reads.
    package static let columns = """
        id, kind, agent, issue, data, at_ms, digest
        """

    /// Reads one row of `columns`.
    package init(row: borrowing Row) throws {
        id = try row.get(0)
        kind = try row.get(1)
        agent = try row.get(2)
        issue = try row.get(3)
        data = try row.get(4)
        atMs = try row.get(5)
        digest = try row.get(6)
    }
}
