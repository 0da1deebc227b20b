import NIOCore

/// Messages that end with a newline.
///
/// Empty lines are no messages.
struct LineReader: FrameReader {
    private let limit: Int
    private var line: [UInt8] = []
    private var isSkipping = false

    init(limit: Int) {
        self.limit = limit
    }

    mutating func receive(_ bytes: ByteBuffer) -> [FrameEvent] {
        var events: [FrameEvent] = []
        var rest = bytes.readableBytesView
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            take(rest[rest.startIndex..<end])
            finish(&events)
            rest = rest[(end + 1)...]
        }
        take(rest)
        return events
    }

    private mutating func take(_ part: ByteBufferView) {
        guard !isSkipping else { return }
        if line.count + part.count > limit {
            isSkipping = true
            line.append(contentsOf: part.prefix(max(0, oversizedPrefixBytes - line.count)))
            line.removeLast(max(0, line.count - oversizedPrefixBytes))
        } else {
            line.append(contentsOf: part)
        }
    }

    private mutating func finish(_ events: inout [FrameEvent]) {
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        if isSkipping {
            events.append(.oversized(prefix: line))
        } else if !line.isEmpty {
            events.append(.message(line))
        }
        line = []
        isSkipping = false
    }
}
