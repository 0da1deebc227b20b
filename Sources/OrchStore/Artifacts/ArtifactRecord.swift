package import SQLite

/// An artifact at rest, without its bytes.
///
/// Columns of table `artifact`; what they mean stands in `Migrations/m0001_init.sql`.
package struct ArtifactRecord: Sendable, Hashable {
    /// The SHA-256 of its bytes, as 64 lower-case hexadecimal digits.
    package var id: String
    /// Bytes of the content.
    package var size: Int
    package var encoding: ArtifactEncoding
    /// Bytes at rest.
    package var storedSize: Int
    package var createdAtMs: Int64

    /// The columns in the order that `init(row:)` reads.
    package static let columns = """
        id, size, encoding, stored_size, created_at_ms
        """

    /// Reads one row of `columns`.
    package init(row: Row) throws {
        id = try row.get(0)
        size = try row.get(1)
        encoding = try row.get(2)
        storedSize = try row.get(3)
        createdAtMs = try row.get(4)
    }
}

/// How an artifact's bytes are at rest.
package enum ArtifactEncoding: String, Sendable, Hashable, CaseIterable {
    /// As they are.
    case identity
    /// As zstd frames, one after another.
    case zstd
}
