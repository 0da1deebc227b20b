import NIOCore

/// The frames of a WebSocket server (RFC 6455 section 5), put together to messages.
///
/// NIO's decoder holds a frame whole and gives up the connection on a large one. This one throws an oversized message away as it comes and goes on.
struct WebSocketReader: FrameReader {
    private struct Frame {
        var opcode: UInt8
        var isFinal: Bool
        var left: Int
        var isControl: Bool { opcode & 0x8 != 0 }
    }

    private let limit: Int
    /// Received, not yet consumed: between calls never more than an incomplete header.
    private var input = ByteBuffer()
    private var frame: Frame?
    private var control: [UInt8] = []
    private var message: [UInt8] = []
    /// The opcode of the message whose frames are coming; nil between messages.
    private var messageOpcode: UInt8?
    private var isSkipping = false
    private var isBroken = false

    init(limit: Int) {
        self.limit = limit
    }

    mutating func receive(_ bytes: ByteBuffer) -> [FrameEvent] {
        var events: [FrameEvent] = []
        if input.readableBytes == 0 {
            input = bytes
        } else {
            input.writeImmutableBuffer(bytes)
        }
        while !isBroken {
            if frame == nil {
                guard let next = header(&events) else { break }
                frame = next
            }
            guard payload() else { break }
            finishFrame(&events)
        }
        if isBroken { input.clear() }
        input.discardReadBytes()
        return events
    }

    /// Reads a frame's header, if it is all there.
    private mutating func header(_ events: inout [FrameEvent]) -> Frame? {
        let start = input.readerIndex
        guard let first: UInt8 = input.getInteger(at: start), let second: UInt8 = input.getInteger(at: start + 1),
            input.readableBytes >= 2
        else { return nil }
        var length = Int(second & 0x7F)
        var size = 2
        if length == 126 {
            guard input.readableBytes >= 4, let long: UInt16 = input.getInteger(at: start + 2) else { return nil }
            (length, size) = (Int(long), 4)
        } else if length == 127 {
            guard input.readableBytes >= 10, let long: UInt64 = input.getInteger(at: start + 2) else { return nil }
            guard long <= UInt64(Int32.max) * 64 else { return violation("a frame of \(long) bytes", &events) }
            (length, size) = (Int(long), 10)
        }
        let next = Frame(opcode: first & 0x0F, isFinal: first & 0x80 != 0, left: length)
        if first & 0x70 != 0 { return violation("reserved bits are set", &events) }
        if second & 0x80 != 0 { return violation("a server's frame is masked", &events) }
        switch next.opcode {
        case 0x0 where messageOpcode == nil: return violation("a continuation of nothing", &events)
        case 0x1 where messageOpcode != nil, 0x2 where messageOpcode != nil:
            return violation("a message begins within another", &events)
        case 0x0, 0x1, 0x2: break
        case 0x8, 0x9, 0xA:
            if !next.isFinal || length > 125 {
                return violation("a control frame that is fragmented or too long", &events)
            }
        default: return violation("unknown opcode \(next.opcode)", &events)
        }
        input.moveReaderIndex(forwardBy: size)
        if !next.isControl {
            if next.opcode != 0 { messageOpcode = next.opcode }
            if messageOpcode == 0x2 || message.count + length > limit { isSkipping = true }
        }
        return next
    }

    private mutating func violation(_ text: String, _ events: inout [FrameEvent]) -> Frame? {
        isBroken = true
        events.append(.violation(text))
        return nil
    }

    /// Takes what is there of the frame's payload; true when it is complete.
    private mutating func payload() -> Bool {
        guard var current = frame else { return false }
        let count = min(current.left, input.readableBytes)
        if count > 0, let part = input.readSlice(length: count) {
            if current.isControl {
                control.append(contentsOf: part.readableBytesView)
            } else if isSkipping {
                message.removeLast(max(0, message.count - oversizedPrefixBytes))
                message.append(contentsOf: part.readableBytesView.prefix(oversizedPrefixBytes - message.count))
            } else {
                message.append(contentsOf: part.readableBytesView)
            }
        }
        current.left -= count
        frame = current
        return current.left == 0
    }

    private mutating func finishFrame(_ events: inout [FrameEvent]) {
        guard let done = frame else { return }
        frame = nil
        switch done.opcode {
        case 0x8:
            let code = control.count >= 2 ? Int(control[0]) << 8 | Int(control[1]) : 1005
            let text = String(decoding: control.dropFirst(2), as: UTF8.self)
            events.append(.close("the server closed the connection (\(code)\(text.isEmpty ? "" : " \(text)"))"))
            isBroken = true
        case 0x9: events.append(.ping(control))
        case 0xA: break
        default:
            guard done.isFinal else { return }
            if messageOpcode == 0x2 {
                events.append(.fault("a binary frame"))
            } else {
                events.append(
                    isSkipping ? .oversized(prefix: Array(message.prefix(oversizedPrefixBytes))) : .message(message)
                )
            }
            (message, messageOpcode, isSkipping) = ([], nil, false)
        }
        if done.isControl { control = [] }
    }
}
