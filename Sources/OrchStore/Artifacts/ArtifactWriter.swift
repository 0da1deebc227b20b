import Crypto
import Zstd

/// Takes the bytes of an artifact in, piece by piece: hashes them, compresses them if that helps, and keeps them aside.
final class ArtifactWriter {
    /// What came in, ready to be stored.
    struct Content {
        var id: String
        var size: Int
        var encoding: ArtifactEncoding
        var spool: Spool
    }

    private let spool: Spool
    private var hash = SHA256()
    private var size = 0
    /// Bytes of a block that is not full yet.
    private var block: [UInt8] = []
    /// Nil until the first block has decided.
    private var encoding: ArtifactEncoding?

    /// A writer whose large content waits beside this file.
    init(besides path: String) {
        spool = Spool(besides: path)
    }

    /// Takes the next bytes.
    func append(_ bytes: ArraySlice<UInt8>) throws {
        var rest = bytes
        while !rest.isEmpty {
            let part = rest.prefix(ArtifactStore.chunkSize - block.count)
            block.append(contentsOf: part)
            rest = rest.dropFirst(part.count)
            if block.count == ArtifactStore.chunkSize { try flush() }
        }
    }

    /// The end: what came in.
    func finish() throws -> Content {
        try flush()
        return Content(id: hex(hash.finalize()), size: size, encoding: encoding ?? .identity, spool: spool)
    }

    /// Each block is a zstd frame of its own, so that no more than one is in memory.
    private func flush() throws {
        guard !block.isEmpty else { return }
        hash.update(data: block)
        size += block.count
        var frame: [UInt8]?
        if encoding != .identity { frame = try Zstd.compress(block) }
        if encoding == nil {
            // What does not shrink by a tenth at its beginning is kept as it is.
            encoding = frame.map { $0.count * 10 < block.count * 9 } == true ? .zstd : .identity
        }
        try spool.append(encoding == .zstd ? frame ?? block : block)
        block.removeAll(keepingCapacity: true)
    }
}
