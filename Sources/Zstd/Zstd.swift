import CZstd

/// What went wrong in a zstd stream.
package struct ZstdError: Error, Sendable, CustomStringConvertible {
    package var description: String
}

/// Zstandard (RFC 8878) through Debian's libzstd.
package enum Zstd {
    /// Compresses bytes into one frame.
    package static func compress(_ bytes: [UInt8], level: Int32 = 1) throws(ZstdError) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
        let count = ZSTD_compress(&out, out.count, bytes, bytes.count, level)
        guard ZSTD_isError(count) == 0 else { throw ZstdError(description: String(cString: ZSTD_getErrorName(count))) }
        return Array(out.prefix(count))
    }

    /// Decompresses all frames of `bytes`.
    ///
    /// - Throws: `ZstdError` for damaged input, and when more than `limit` bytes would come out.
    package static func decompress(_ bytes: [UInt8], limit: Int) throws(ZstdError) -> [UInt8] {
        guard let stream = ZSTD_createDCtx() else { throw ZstdError(description: "no memory for zstd") }
        defer { ZSTD_freeDCtx(stream) }
        var out: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: ZSTD_DStreamOutSize())
        var position = 0
        var last = 0
        while position < bytes.count {
            let (produced, consumed, hint) = bytes.withUnsafeBytes { source in
                buffer.withUnsafeMutableBytes { target in
                    var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: position)
                    var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
                    let hint = ZSTD_decompressStream(stream, &output, &input)
                    return (output.pos, input.pos, hint)
                }
            }
            guard ZSTD_isError(hint) == 0 else {
                throw ZstdError(description: String(cString: ZSTD_getErrorName(hint)))
            }
            guard out.count + produced <= limit else {
                throw ZstdError(description: "more than \(limit) bytes come out")
            }
            out.append(contentsOf: buffer[..<produced])
            position = consumed
            last = hint
        }
        // A full output buffer may leave bytes inside: drain them.
        while last != 0 {
            let (produced, hint) = buffer.withUnsafeMutableBytes { target in
                var input = ZSTD_inBuffer(src: nil, size: 0, pos: 0)
                var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
                let hint = ZSTD_decompressStream(stream, &output, &input)
                return (output.pos, hint)
            }
            guard ZSTD_isError(hint) == 0 else {
                throw ZstdError(description: String(cString: ZSTD_getErrorName(hint)))
            }
            guard produced > 0 else { throw ZstdError(description: "the data ends within a frame") }
            guard out.count + produced <= limit else {
                throw ZstdError(description: "more than \(limit) bytes come out")
            }
            out.append(contentsOf: buffer[..<produced])
            last = hint
        }
        return out
    }
}
