import NIOCore

/// The frames of a WebSocket client (RFC 6455 section 5): masked, long messages in fragments.
enum WebSocketWriter {
    /// A text message.
    static func text(_ message: [UInt8], frameBytes: Int) -> ByteBuffer {
        var out = ByteBuffer()
        out.reserveCapacity(message.count + 14 * (message.count / frameBytes + 1))
        var start = 0
        repeat {
            let end = min(start + frameBytes, message.count)
            frame(opcode: start == 0 ? 0x1 : 0x0, isFinal: end == message.count, message[start..<end], to: &out)
            start = end
        } while start < message.count
        return out
    }

    /// The answer to a ping.
    static func pong(_ payload: [UInt8]) -> ByteBuffer {
        var out = ByteBuffer()
        frame(opcode: 0xA, isFinal: true, payload[...], to: &out)
        return out
    }

    /// The end of the connection, code 1000.
    static func close() -> ByteBuffer {
        var out = ByteBuffer()
        frame(opcode: 0x8, isFinal: true, [0x03, 0xE8], to: &out)
        return out
    }

    private static func frame(opcode: UInt8, isFinal: Bool, _ payload: ArraySlice<UInt8>, to out: inout ByteBuffer) {
        out.writeInteger((isFinal ? 0x80 : 0) | opcode)
        switch payload.count {
        case ..<126: out.writeInteger(0x80 | UInt8(payload.count))
        case ...0xFFFF:
            out.writeInteger(0x80 | UInt8(126))
            out.writeInteger(UInt16(payload.count))
        default:
            out.writeInteger(0x80 | UInt8(127))
            out.writeInteger(UInt64(payload.count))
        }
        // The mask keeps proxies from taking a browser's data for a request (section 10.3); on a unix socket it only has to be there.
        let key = UInt32.random(in: .min ... .max)
        out.writeInteger(key)
        let mask = [UInt8(key >> 24), UInt8(key >> 16 & 0xFF), UInt8(key >> 8 & 0xFF), UInt8(key & 0xFF)]
        out.writeBytes(payload.enumerated().map { $0.element ^ mask[$0.offset & 3] })
    }
}
