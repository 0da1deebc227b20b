import OrchCore
import Testing

@testable import OrchCommands

/// Lines as they come, in whatever pieces.
@Suite struct LineReaderTests {
    /// An input whose bytes come in these pieces; nil is a moment in which nothing comes.
    private final class Pieces: InputSource {
        let isTerminal = true
        private var pieces: [String?]

        init(_ pieces: [String?]) {
            self.pieces = pieces
        }

        func readAll(limit: Int) -> [UInt8]? { [] }

        func take() -> [UInt8]? {
            guard !pieces.isEmpty else { return [] }
            return pieces.removeFirst().map { Array($0.utf8) }
        }

        func wait(atMostMs limitMs: Int) async {}
    }

    private func all(_ input: any InputSource) throws -> [LineReader.Next] {
        var reader = LineReader(input)
        var found: [LineReader.Next] = []
        while found.last != .end { found.append(try reader.next()) }
        return found
    }

    @Test func `lines come whole, one at a time, and the last one needs no end`() throws {
        #expect(
            try all(Pieces(["one\ntw", nil, "o\r\n\nthr", "ee"])) == [
                .line("one"), .nothingYet, .line("two"), .line(""), .line("three"), .end,
            ]
        )
        #expect(try all(Pieces([])) == [.end])
        #expect(try all(MemoryInput(Array("a\nb\n".utf8))) == [.line("a"), .line("b"), .end])
    }

    @Test func `what is no text is repaired, and a line without end is refused`() throws {
        #expect(try all(MemoryInput([0xFF, 0x0A])) == [.line("\u{FFFD}"), .end])
        #expect(throws: CommandError.self) {
            _ = try all(MemoryInput([UInt8](repeating: 0x61, count: LineReader.limit + 2)))
        }
    }
}
