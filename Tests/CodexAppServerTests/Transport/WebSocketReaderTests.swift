import NIOCore
import Testing

@testable import CodexAppServer

struct WebSocketReaderTests {
    private func frame(_ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) -> [UInt8] {
        let head = [(isFinal ? 0x80 : 0) | opcode]
        switch payload.count {
        case ..<126: return head + [UInt8(payload.count)] + payload
        case ...0xFFFF: return head + [126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)] + payload
        default: return head + [127] + (0..<8).map { UInt8(payload.count >> (56 - 8 * $0) & 0xFF) } + payload
        }
    }

    private func read(_ bytes: [UInt8], limit: Int = 1_000, step: Int = .max) -> [FrameEvent] {
        var reader = WebSocketReader(limit: limit)
        var events: [FrameEvent] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start.addingReportingOverflow(step).overflow ? bytes.count : start + step)
            events += reader.receive(ByteBuffer(bytes: bytes[start..<end]))
            start = end
        }
        return events
    }

    @Test(arguments: [1, 2, 3, 7, 64, Int.max])
    func `messages come out whole, however the bytes are cut`(step: Int) {
        let long = [UInt8](repeating: 0x61, count: 70_000)
        let bytes =
            frame(1, [0x41]) + frame(1, []) + frame(1, Array(long[..<300]), isFinal: false)
            + frame(9, [0x50]) + frame(0, Array(long[300..<400]), isFinal: false) + frame(0, Array(long[400...]))
            + frame(10, []) + frame(1, [0x42])
        #expect(
            read(bytes, limit: 100_000, step: step) == [
                .message([0x41]), .message([]), .ping([0x50]), .message(long), .message([0x42]),
            ]
        )
    }

    @Test(arguments: [1, 100, Int.max])
    func `an oversized message is thrown away but for its beginning, and the next one is read`(step: Int) {
        let body = (0..<2_000).map { UInt8($0 & 0x7F) }
        let whole = frame(1, body)
        let pieces =
            frame(1, Array(body[..<900]), isFinal: false) + frame(0, Array(body[900..<1_800]), isFinal: false)
            + frame(0, Array(body[1_800...]))
        for bytes in [whole, pieces] {
            #expect(
                read(bytes + frame(1, [0x42]), step: step) == [
                    .oversized(prefix: Array(body[..<256])), .message([0x42]),
                ]
            )
        }
    }

    @Test func `a message of exactly the limit is taken`() {
        let body = [UInt8](repeating: 1, count: 1_000)
        #expect(read(frame(1, body)) == [.message(body)])
        #expect(read(frame(1, body + [1])) == [.oversized(prefix: Array(body[..<256]))])
    }

    @Test func `a binary message is a fault, and the next one is read`() {
        #expect(read(frame(2, [1, 2, 3]) + frame(1, [0x42])) == [.fault("a binary frame"), .message([0x42])])
    }

    @Test func `a close frame ends it, with its code and reason`() {
        #expect(
            read(frame(8, [0x03, 0xE9] + Array("going away".utf8)) + frame(1, [0x42])) == [
                .close("the server closed the connection (1001 going away)")
            ]
        )
    }

    @Test(arguments: [
        ("masked", [0x81, 0x81, 1, 2, 3, 4, 5] as [UInt8]), ("reserved bits", [0xC1, 0x00]), ("opcode", [0x83, 0x00]),
        ("continuation of nothing", [0x80, 0x00]), ("message in a message", [0x01, 0x00, 0x81, 0x00]),
        ("fragmented ping", [0x09, 0x00]), ("long ping", [0x89, 0x7E, 0x00, 0x7E]),
        ("absurd length", [0x81, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
    ])
    func `what breaks the protocol ends it`(_: String, bytes: [UInt8]) throws {
        let events = read(bytes + frame(1, [0x42]))
        #expect(events.count == 1)
        guard case .violation = try #require(events.first) else {
            Issue.record("\(events)")
            return
        }
    }

    @Test func `what the client writes is masked, fragmented when long, and reads back the same`() {
        let message = (0..<1_000).map { UInt8(truncatingIfNeeded: $0) }
        var out = WebSocketWriter.text(message, frameBytes: 300)
        var back: [UInt8] = []
        var opcodes: [UInt8] = []
        while let first: UInt8 = out.readInteger(), let second: UInt8 = out.readInteger() {
            #expect(second & 0x80 != 0)
            opcodes.append(first)
            let length = second & 0x7F == 126 ? Int(out.readInteger(as: UInt16.self) ?? 0) : Int(second & 0x7F)
            let key = out.readBytes(length: 4) ?? []
            back += (out.readBytes(length: length) ?? []).enumerated().map { $0.element ^ key[$0.offset & 3] }
        }
        #expect(back == message)
        #expect(opcodes == [0x01, 0x00, 0x00, 0x80])
    }
}
