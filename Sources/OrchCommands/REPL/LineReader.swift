import OrchCore

/// Takes lines from standard input as they come, and waits for none.
struct LineReader {
    /// What there is.
    enum Next: Sendable, Hashable {
        case line(String)
        case nothingYet
        /// There will be no more.
        case end
    }

    /// Bytes of a line at most.
    static let limit = 1 << 20

    private let input: any InputSource
    private var bytes: [UInt8] = []
    private var isOver = false

    init(_ input: any InputSource) {
        self.input = input
    }

    /// The next line, without its end.
    mutating func next() throws -> Next {
        while true {
            if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
                defer { bytes.removeSubrange(...end) }
                return .line(Self.text(bytes[..<end]))
            }
            guard bytes.count <= Self.limit else {
                throw CommandError(.badData, "a line is longer than \(Self.limit >> 20) MiB")
            }
            guard !isOver else {
                guard !bytes.isEmpty else { return .end }
                defer { bytes = [] }
                return .line(Self.text(bytes[...]))
            }
            guard let more = try input.take() else { return .nothingYet }
            if more.isEmpty { isOver = true } else { bytes += more }
        }
    }

    private static func text(_ line: ArraySlice<UInt8>) -> String {
        SafeText.utf8(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
    }
}
