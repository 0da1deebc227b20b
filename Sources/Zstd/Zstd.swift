import CZstd

/// Zstandard (RFC 8878) through Debian's libzstd.
package enum Zstd {
    /// Compresses bytes into one frame.
    package static func compress(_ bytes: [UInt8], level: Int32 = 1) throws(ZstdError) -> [UInt8] {
        let bound = ZSTD_compressBound(bytes.count)
        var count = 0
        let out = [UInt8](unsafeUninitializedCapacity: bound) { buffer, initialized in
            count = ZSTD_compress(buffer.baseAddress, bound, bytes, bytes.count, level)
            initialized = ZSTD_isError(count) == 0 ? count : 0
        }
        guard ZSTD_isError(count) == 0 else { throw ZstdError(description: String(cString: ZSTD_getErrorName(count))) }
        return out
    }

    /// Decompresses all frames of `bytes`.
    ///
    /// - Throws: `ZstdError` for damaged input, and when more than `limit` bytes would come out.
    package static func decompress(_ bytes: [UInt8], limit: Int) throws(ZstdError) -> [UInt8] {
        let stream = try ZstdDecompressor()
        stream.feed(bytes)
        var out: [UInt8] = []
        while let piece = try stream.next() {
            guard out.count + piece.count <= limit else {
                throw ZstdError(description: "more than \(limit) bytes come out")
            }
            out.append(contentsOf: piece)
        }
        guard stream.isBetweenFrames else { throw ZstdError(description: "the data ends within a frame") }
        return out
    }
}
