import Testing

@testable import OrchCommands

/// Standard output and its colours.
@Suite struct OutputTests {
    @Test func `no colour means no escape sequence`() {
        let output = Output(out: MemorySink(), err: MemorySink(), isTerminal: true, hasColour: false, width: 80)
        #expect(output.ink(.red, "x") == "x")
        let coloured = Output(out: MemorySink(), err: MemorySink(), isTerminal: true, hasColour: true, width: 80)
        #expect(coloured.ink(.red, "x") == "\u{1B}[31mx\u{1B}[0m")
        #expect(coloured.ink(.red, "") == "")
    }

    @Test func `sizes are for people`() {
        #expect(Words.size(1_023) == "1023 B")
        #expect(Words.size(1_024) == "1.0 KiB")
        #expect(Words.size(268_435_456) == "256.0 MiB")
    }

    @Test func `columns are cut and filled by what a terminal shows`() {
        #expect(Column.left("日本語", 4) == "日… ")
        #expect(Column.right("7", 3) == "  7")
        #expect(Column.trimmed("a  ") == "a")
    }
}
