import Crypto
package import SQLite
import Zstd

/// Texts and logs, named by the SHA-256 of their bytes (I8): equal content is stored once, and a reader verifies what it gets.
///
/// No content is held in memory as a whole unless the caller does: it goes in and out in chunks of at most 1 MiB. What is large waits in an
/// unnamed file beside the database until its name is known, so that the database is locked for the storing alone.
package struct ArtifactStore {
    /// Most bytes of a chunk.
    package static let chunkSize = 1 << 20

    let db: Connection

    /// The artifacts of a database.
    package init(db: Connection) {
        self.db = db
    }

    // MARK: Storing

    /// Stores bytes, unless they are known; their id.
    package func put(_ bytes: [UInt8], nowMs: Int64) throws -> String {
        let id = hex(SHA256.hash(data: bytes))
        if try contains(id) { return id }
        let writer = ArtifactWriter(besides: db.path)
        try writer.append(bytes[...])
        return try store(writer.finish(), nowMs: nowMs)
    }

    /// Stores what `next` hands out, piece by piece of any size until nil; its id.
    package func put(nowMs: Int64, next: () throws -> [UInt8]?) throws -> String {
        let writer = ArtifactWriter(besides: db.path)
        while let piece = try next() { try writer.append(piece[...]) }
        return try store(writer.finish(), nowMs: nowMs)
    }

    /// Stores what can be read from a file descriptor (a file, a pipe) up to its end; its id.
    package func put(fileDescriptor: Int32, nowMs: Int64) throws -> String {
        try put(nowMs: nowMs) { try FileBytes.read(fileDescriptor, atMost: Self.chunkSize) }
    }

    /// Stores what `next` hands out until nil, under an id that it must have.
    ///
    /// - Throws: `StoreError.corruptArtifact` when the bytes have another id; nothing is stored.
    package func put(id: String, nowMs: Int64, next: () throws -> [UInt8]?) throws {
        let writer = ArtifactWriter(besides: db.path)
        while let piece = try next() { try writer.append(piece[...]) }
        let content = try writer.finish()
        guard content.id == id else {
            throw StoreError(
                .corruptArtifact,
                "the bytes that should be artifact \(id) are \(content.id): they were changed"
            )
        }
        _ = try store(content, nowMs: nowMs)
    }

    /// Bytes first, then the row, which seals them.
    private func store(_ content: ArtifactWriter.Content, nowMs: Int64) throws -> String {
        try db.savepoint {
            if try contains(content.id) { return content.id }
            var ordinal = 0
            try content.spool.read(atMost: Self.chunkSize) { chunk in
                try db.run(
                    "INSERT INTO artifact_chunk (artifact, ordinal, bytes) VALUES (?, ?, ?)",
                    content.id,
                    ordinal,
                    chunk
                )
                ordinal += 1
            }
            try db.run(
                "INSERT INTO artifact (id, size, encoding, stored_size, created_at_ms) VALUES (?, ?, ?, ?, ?)",
                content.id,
                content.size,
                content.encoding,
                content.spool.count,
                nowMs
            )
            return content.id
        }
    }

    /// Records what an artifact is for; a turn's report once.
    package func use(
        _ id: String,
        kind: String,
        agent: Int64?,
        issue: Int?,
        turn: String?,
        name: String?,
        nowMs: Int64
    ) throws {
        try db.run(
            """
            INSERT INTO artifact_use (artifact, kind, agent, issue, turn, name, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            id,
            kind,
            agent,
            issue,
            turn,
            name,
            nowMs
        )
    }

    // MARK: Finding

    /// Whether an artifact is stored.
    package func contains(_ id: String) throws -> Bool {
        try db.scalar("SELECT 1 FROM artifact WHERE id = ?", id) as Int? != nil
    }

    /// The row of an artifact.
    package func find(_ id: String) throws -> ArtifactRecord? {
        try db.first("SELECT \(ArtifactRecord.columns) FROM artifact WHERE id = ?", id) { try ArtifactRecord(row: $0) }
    }

    /// The row of an artifact that should be there.
    ///
    /// - Throws: `StoreError.notFound`.
    package func require(_ id: String) throws -> ArtifactRecord {
        guard let record = try find(id) else { throw StoreError(.notFound, "there is no artifact \(id)") }
        return record
    }

    // MARK: Reading

    /// A reader of an artifact's bytes, from the first.
    ///
    /// - Throws: `StoreError.notFound`.
    package func reader(_ id: String) throws -> ArtifactReader {
        try ArtifactReader(db, require(id))
    }

    /// Hands out the bytes in chunks until `body` returns false; true when all were handed out, and verified.
    ///
    /// - Throws: `StoreError.corruptArtifact` when the bytes are not what the name says, which may be after the last chunk.
    @discardableResult
    package func stream(_ id: String, _ body: ([UInt8]) throws -> Bool) throws -> Bool {
        let reader = try reader(id)
        while let chunk = try reader.next() {
            guard try body(chunk) else { return false }
        }
        return true
    }

    /// Hands out all the bytes in chunks.
    ///
    /// - Throws: `StoreError.corruptArtifact` when the bytes are not what the name says, which may be after the last chunk.
    package func stream(_ id: String, _ body: ([UInt8]) throws -> Void) throws {
        let reader = try reader(id)
        while let chunk = try reader.next() { try body(chunk) }
    }

    /// The bytes of an artifact, verified.
    ///
    /// - Throws: `StoreError` when there is none, when it is larger than `limit`, or when its bytes are not what its name says.
    package func read(_ id: String, limit: Int = 64 << 20) throws -> [UInt8] {
        let record = try require(id)
        guard record.size <= limit else {
            throw StoreError(
                .tooLarge,
                "artifact \(id) has \(record.size) bytes, more than \(limit): see `orch artifact cat`"
            )
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(record.size)
        let reader = try reader(id)
        while let chunk = try reader.next() { bytes.append(contentsOf: chunk) }
        return bytes
    }

    /// The first bytes of an artifact; all of it is verified.
    package func prefix(_ id: String, bytes limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let reader = try reader(id)
        while let chunk = try reader.next() { bytes.append(contentsOf: chunk.prefix(limit - bytes.count)) }
        return bytes
    }
}

extension HubTables {
    /// The artifacts of the same database.
    package var artifacts: ArtifactStore { ArtifactStore(db: db) }
}
