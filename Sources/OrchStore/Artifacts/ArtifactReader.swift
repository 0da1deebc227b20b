import Crypto
import SQLite
import Zstd

/// Hands out the bytes of an artifact in chunks of at most 1 MiB, and verifies them on the way.
package final class ArtifactReader {
    private let db: Connection
    private let record: ArtifactRecord
    private let decompressor: ZstdDecompressor?
    private var hash = SHA256()
    private var size = 0
    private var ordinal = 0
    private var isDone = false

    init(_ db: Connection, _ record: ArtifactRecord) throws {
        self.db = db
        self.record = record
        decompressor = record.encoding == .zstd ? try ZstdDecompressor(pieceSize: ArtifactStore.chunkSize) : nil
    }

    /// The next bytes; nil at the end, when all of them are verified.
    ///
    /// - Throws: `StoreError.corruptArtifact` when they are not what the name says: what was handed out is then worth nothing.
    package func next() throws -> [UInt8]? {
        guard !isDone else { return nil }
        do {
            while true {
                if let piece = try decompressor?.next() { return try checked(piece) }
                guard let stored = try storedChunk() else { break }
                guard let decompressor else { return try checked(stored) }
                decompressor.feed(stored)
            }
        } catch let error as ZstdError {
            throw damaged(error.description)
        }
        isDone = true
        guard decompressor?.isBetweenFrames ?? true, size == record.size else {
            throw damaged("it has \(size) bytes instead of \(record.size)")
        }
        guard hex(hash.finalize()) == record.id else { throw damaged("its bytes have another SHA-256") }
        return nil
    }

    private func storedChunk() throws -> [UInt8]? {
        let bytes: [UInt8]? = try db.scalar(
            "SELECT bytes FROM artifact_chunk WHERE artifact = ? AND ordinal = ?",
            record.id,
            ordinal
        )
        ordinal += 1
        return bytes
    }

    private func checked(_ bytes: [UInt8]) throws -> [UInt8] {
        size += bytes.count
        // Damaged frames could come out without end.
        guard size <= record.size else { throw damaged("it has more than its \(record.size) bytes") }
        hash.update(data: bytes)
        return bytes
    }

    private func damaged(_ why: String) -> StoreError {
        StoreError(
            .corruptArtifact,
            "artifact \(record.id) is damaged: \(why); check the disk, and run `orch doctor`"
        )
    }
}
