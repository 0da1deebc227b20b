import NIOCore
import Testing

@testable import CodexAppServer

struct LineReaderTests {
    @Test(arguments: [1, 3, 1_000])
    func `lines come out whole, however the bytes are cut; empty ones are none`(step: Int) {
        var reader = LineReader(limit: 10)
        let bytes = Array("one\n\ntwo\r\n0123456789\n0123456789a\nlast\nrest".utf8)
        var events: [FrameEvent] = []
        for start in stride(from: 0, to: bytes.count, by: step) {
            events += reader.receive(ByteBuffer(bytes: bytes[start..<min(bytes.count, start + step)]))
        }
        #expect(
            events == [
                .message(Array("one".utf8)), .message(Array("two".utf8)), .message(Array("0123456789".utf8)),
                .oversized(prefix: Array("0123456789a".utf8)), .message(Array("last".utf8)),
            ]
        )
    }

    @Test func `of an endless line little is kept`() {
        var reader = LineReader(limit: 1_000)
        for _ in 0..<1_000 { #expect(reader.receive(ByteBuffer(repeating: 0x61, count: 10_000)).isEmpty) }
        #expect(
            reader.receive(ByteBuffer(string: "\nnext\n")) == [
                .oversized(prefix: [UInt8](repeating: 0x61, count: 256)), .message(Array("next".utf8)),
            ]
        )
    }
}
