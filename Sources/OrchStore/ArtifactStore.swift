import Crypto
import SQLite
import Zstd

/// Texts and logs, named by the SHA-256 of their bytes (I8): equal content is stored once, and a reader verifies what it gets.
package struct ArtifactStore {
    /// Bytes of one chunk before compression: each is a zstd frame of its own, so that neither side holds more than one in memory.
    package static let chunkSize = 1 << 20

    let db: Connection

    /// Stores bytes, unless they are known; their id.
    package func put(_ bytes: [UInt8], nowMs: Int64) throws -> String {
        var rest = bytes[...]
        let id = hex(SHA256.hash(data: bytes))
        try put(id: id, nowMs: nowMs) {
            let chunk = Array(rest.prefix(Self.chunkSize))
            rest = rest.dropFirst(chunk.count)
            return chunk
        }
        return id
    }

    /// Stores what `next` hands out, chunk by chunk until an empty one, under an id that its bytes must have.
    ///
    /// - Throws: `StoreError.corruptArtifact` when the bytes have another id: the caller's transaction rolls back.
    package func put(id: String, nowMs: Int64, next: () throws -> [UInt8]) throws {
        guard try db.scalar("SELECT 1 FROM artifact WHERE id = ?", id) as Int? == nil else { return }
        var hash = SHA256()
        var size = 0
        var stored = 0
        var ordinal = 0
        var encoding: String?
        try db.run(
            "INSERT INTO artifact (id, size, encoding, stored_size, created_at_ms) VALUES (?, 0, 'identity', 0, ?)",
            id,
            nowMs
        )
        while true {
            let chunk = try next()
            guard !chunk.isEmpty else { break }
            hash.update(data: chunk)
            size += chunk.count
            let packed = try encoding == "identity" ? nil : Zstd.compress(chunk)
            // The first chunk decides: what does not shrink by a tenth there is kept as it is.
            if encoding == nil {
                encoding = packed.map { $0.count * 10 < chunk.count * 9 } == true ? "zstd" : "identity"
            }
            let bytes = encoding == "zstd" ? packed ?? chunk : chunk
            stored += bytes.count
            for part in stride(from: 0, to: bytes.count, by: Self.chunkSize) {
                let end = min(part + Self.chunkSize, bytes.count)
                try db.run(
                    "INSERT INTO artifact_chunk (artifact, ordinal, bytes) VALUES (?, ?, ?)",
                    id,
                    ordinal,
                    Array(bytes[part..<end])
                )
                ordinal += 1
            }
        }
        guard hex(hash.finalize()) == id else {
            throw StoreError(.corruptArtifact, "the bytes are not those of artifact \(id)")
        }
        try db.run(
            "UPDATE artifact SET size = ?, encoding = ?, stored_size = ? WHERE id = ?",
            size,
            encoding ?? "identity",
            stored,
            id
        )
    }

    /// The bytes of an artifact, verified.
    ///
    /// - Throws: `StoreError` when there is none, when it is larger than `limit`, or when its bytes are not what its name says.
    package func read(_ id: String, limit: Int = 64 << 20) throws -> [UInt8] {
        guard let size: Int = try db.scalar("SELECT size FROM artifact WHERE id = ?", id) else {
            throw StoreError(.notFound, "there is no artifact \(id)")
        }
        guard size <= limit else { throw StoreError(.notFound, "artifact \(id) has \(size) bytes, more than \(limit)") }
        let encoding: String? = try db.scalar("SELECT encoding FROM artifact WHERE id = ?", id)
        let stored: [[UInt8]] = try db.query("SELECT bytes FROM artifact_chunk WHERE artifact = ? ORDER BY ordinal", id)
        {
            try $0.get(0)
        }
        let joined = Array(stored.joined())
        let bytes = try encoding == "zstd" ? Zstd.decompress(joined, limit: size) : joined
        guard bytes.count == size, hex(SHA256.hash(data: bytes)) == id else {
            throw StoreError(.corruptArtifact, "artifact \(id) is damaged: its bytes are not what its name says")
        }
        return bytes
    }

    /// The full id of an abbreviated one, of at least 4 digits.
    ///
    /// - Throws: `StoreError.notFound`, or `.ambiguous` with the candidates.
    package func resolve(_ prefix: String) throws -> String {
        let text = prefix.lowercased()
        guard text.count >= 4, text.count <= 64, text.allSatisfy(\.isHexDigit) else {
            throw StoreError(.notFound, "an artifact's id has 4 to 64 hexadecimal digits, unlike \(prefix.prefix(80))")
        }
        let found: [String] = try db.query(
            "SELECT id FROM artifact WHERE id >= ? AND id < ? ORDER BY id LIMIT 11",
            text,
            text + "g"
        ) {
            try $0.get(0)
        }
        guard let first = found.first else { throw StoreError(.notFound, "no artifact's id begins with \(text)") }
        guard found.count == 1 else {
            let list = found.prefix(10).joined(separator: ", ")
            throw StoreError(
                .ambiguous,
                "several artifacts begin with \(text): \(list)\(found.count > 10 ? ", …" : "")"
            )
        }
        return first
    }

    /// Records what an artifact is for.
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
}

extension HubTables {
    /// The artifacts of the same database.
    package var artifacts: ArtifactStore { ArtifactStore(db: db) }
}
