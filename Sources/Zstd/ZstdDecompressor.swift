import CZstd

/// Decompresses a stream of frames that comes in pieces, handing out pieces of bounded size.
package final class ZstdDecompressor {
    private let context: OpaquePointer
    private var input: [UInt8] = []
    private var position = 0
    private let pieceSize: Int
    /// Whether a whole number of frames was decompressed.
    package private(set) var isBetweenFrames = true
    /// Whether the last piece was full: then more may be inside, without more input.
    private var mayHoldMore = false

    /// A decompressor; no piece is larger than `pieceSize`.
    package init(pieceSize: Int = 1 << 20) throws(ZstdError) {
        guard let context = ZSTD_createDStream() else { throw ZstdError(description: "no memory for zstd") }
        self.context = context
        self.pieceSize = pieceSize
    }

    deinit {
        ZSTD_freeDStream(context)
    }

    /// Gives it the next bytes.
    ///
    /// What was given before must be used up: `next` has returned nil.
    package func feed(_ bytes: [UInt8]) {
        input = bytes
        position = 0
    }

    /// The next piece; nil when more input is needed.
    ///
    /// - Throws: `ZstdError` for damaged input.
    package func next() throws(ZstdError) -> [UInt8]? {
        while position < input.count || mayHoldMore {
            var hint = 0
            var produced = 0
            let piece = input.withUnsafeBytes { source in
                [UInt8](unsafeUninitializedCapacity: pieceSize) { buffer, initialized in
                    var from = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: position)
                    var to = ZSTD_outBuffer(dst: buffer.baseAddress, size: pieceSize, pos: 0)
                    // It stops after each frame, and when its output is full: go on while there is both input and room.
                    repeat {
                        hint = ZSTD_decompressStream(context, &to, &from)
                    } while ZSTD_isError(hint) == 0 && from.pos < from.size && to.pos < to.size
                    position = from.pos
                    produced = to.pos
                    initialized = produced
                }
            }
            guard ZSTD_isError(hint) == 0 else {
                throw ZstdError(description: String(cString: ZSTD_getErrorName(hint)))
            }
            isBetweenFrames = hint == 0
            mayHoldMore = produced == pieceSize && !isBetweenFrames
            if produced > 0 { return piece }
        }
        return nil
    }
}
