import Testing

@testable import OrchCommands

/// Lines that are typed key by key.
@Suite struct LineEditorTests {
    private func lines(_ keys: String) -> [LineEditor.Outcome] {
        var editor = LineEditor()
        editor.take(Array(keys.utf8))
        var found: [LineEditor.Outcome] = []
        while let outcome = editor.next() { found.append(outcome) }
        return found
    }

    @Test(arguments: [
        ("abc\r", "abc"), ("abc\u{7F}\u{7F}\n", "a"), ("ac\u{1B}[Db\n", "abc"), ("bc\u{1}a\u{5}d\n", "abcd"),
        ("one two\u{17}2\n", "one 2"), ("one two \u{17}\n", "one "), ("one\u{15}two\n", "two"),
        ("one two\u{1B}b\u{B}\n", "one "), ("one two\u{1B}[1;5D\u{1B}[1;5D0\n", "0one two"),
        ("abc\u{1B}[H\u{1B}[3~\n", "bc"), ("abc\u{1}\u{4}\n", "bc"), ("a\tb\n", "a b"), ("a\u{1B}[5~\u{1B}OPb\n", "ab"),
        ("\u{7F}\u{1B}[D\u{1B}[3~\u{1B}[Ca\n", "a"), ("é🙂\u{7F}ü\n", "éü"), ("e\u{301}x\u{1B}[D\u{7F}\n", "x"),
    ])
    func `keys make a line`(_ keys: String, _ line: String) {
        #expect(lines(keys) == [.line(line)])
    }

    @Test func `lines that were typed come back, and so does the one that was begun`() {
        #expect(
            lines("one\ntwo\ntwo\n\nne\u{10}\u{10}\u{10}\u{E}\u{E}w\n\u{1B}[A\u{1B}[A\u{1B}[A!\n")
                == [.line("one"), .line("two"), .line("two"), .line(""), .line("new"), .line("one!")]
        )
    }

    @Test func `the end is told on an empty line only`() {
        #expect(lines("a\u{4}\n\u{4}") == [.line("a"), .end])
        #expect(lines("a\u{C}b\n") == [.clear, .line("ab")])
    }

    @Test func `bytes may come in any pieces, and what is no text is shown as such`() {
        let bytes = Array("aé🙂\u{1B}[1;5D\u{1B}[3~b\n".utf8) + [0x63, 0xC3, 0x28, 0xFF, 0x0A]
        for size in 1...bytes.count {
            var editor = LineEditor()
            var found: [LineEditor.Outcome] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                editor.take(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
                while let outcome = editor.next() { found.append(outcome) }
            }
            #expect(found == [.line("bé🙂"), .line("c\u{FFFD}(\u{FFFD}")], "\(size)")
        }
    }

    @Test func `a long line is shown around its cursor`() {
        var line = EditedLine("0123456789")
        #expect(line.window(11) == ("0123456789", 10))
        #expect(line.window(10) == ("…23456789", 9))
        line.take(.home)
        #expect(line.window(6) == ("0123…", 0))
        for _ in 0..<5 { line.take(.right) }
        let (text, cursor) = line.window(6)
        #expect(text == "…234…" && cursor == 4, "\(text) \(cursor)")
        #expect(EditedLine("a\u{1B}[2J").window(20).text == "a␛[2J")
        #expect(EditedLine("日本語").window(20).cursor == 6)
    }

    @Test func `what is printed meanwhile stands above what is being typed`() throws {
        let sink = MemorySink()
        let output = Output(out: sink, err: sink, isTerminal: true, hasColour: false, width: 40)
        let input = TypedInput(["hal", nil, nil, "f\n"])
        let prompt = Prompt(input, output, mode: nil)
        #expect(try prompt.next() == .nothingYet)
        try prompt.hide()
        try output.line("news")
        #expect(try prompt.next() == .nothingYet)
        #expect(try prompt.next() == .line("half"))
        #expect(
            sink.text
                == "\r\u{1B}[Jorch> hal\r\u{1B}[9C" + "\r\u{1B}[Jnews\n" + "\r\u{1B}[Jorch> hal\r\u{1B}[9C"
                + "\r\u{1B}[Jorch> half\n"
        )
    }

    /// What is typed, piece by piece; nil is a moment in which nothing is.
    private final class TypedInput: InputSource {
        let isTerminal = true
        private var pieces: [String?]

        init(_ pieces: [String?]) {
            self.pieces = pieces
        }

        func readAll(limit: Int) -> [UInt8]? { nil }

        func take() -> [UInt8]? {
            pieces.isEmpty ? [] : pieces.removeFirst().map { Array($0.utf8) }
        }

        func wait(atMostMs limitMs: Int) async {}
    }
}
