import OrchCore

/// The prompt on a terminal.
///
/// What is typed is drawn here, not by the terminal: so it is still there after something else was printed above it.
final class Prompt {
    private static let sign = "orch> "

    private let input: any InputSource
    private let output: Output
    private let mode: TerminalMode?
    private var editor = LineEditor()
    private var isShown = false
    /// Columns of the terminal when it was last drawn on, and where the cursor was left.
    private var drawn: (width: Int, cursor: Int)

    /// A prompt; `mode` is nil where there is no real terminal.
    init(_ input: any InputSource, _ output: Output, mode: TerminalMode?) {
        self.input = input
        self.output = output
        self.mode = mode
        drawn = (output.width, 0)
    }

    /// The next line, after which the terminal is as it was before.
    func next() throws -> LineReader.Next {
        if mode?.takeKeys() == true { (isShown, drawn.cursor) = (false, 0) }
        while true {
            switch editor.next() {
            case .line(let text):
                try finish(text)
                return .line(text)
            case .end:
                try finish("")
                return .end
            case .clear:
                try output.write("\u{1B}[H\u{1B}[2J")
                drawn.cursor = 0
            case nil: break
            }
            guard let bytes = try input.take() else {
                output.measure()
                if !isShown || drawn.width != output.width { try draw() }
                return .nothingYet
            }
            guard !bytes.isEmpty else {
                // The terminal is gone: half a line is no line.
                try finish("")
                return .end
            }
            editor.take(bytes)
            isShown = false
        }
    }

    /// Takes the prompt away, so that something else can be printed; `next` shows it again.
    func hide() throws {
        guard isShown else { return }
        try output.write(start)
        drawn.cursor = 0
        isShown = false
    }

    /// Takes back what was typed; false when nothing was.
    func cancel() throws -> Bool {
        let text = editor.line.text
        try finish(text)
        editor.cancel()
        return !text.isEmpty
    }

    /// Leaves the terminal as it was, at the beginning of a line.
    func leave() {
        mode?.giveBack()
        guard isShown else { return }
        // The session ends, whatever becomes of its last line's end.
        try? output.line()
        isShown = false
    }

    private func draw() throws {
        let (text, cursor) = editor.line.window(max(1, output.width - Self.sign.utf8.count))
        try output.write(start + output.ink(.bold, Self.sign) + text)
        drawn = (output.width, Self.sign.utf8.count + cursor)
        try output.write("\r\u{1B}[\(drawn.cursor)C")
        try output.flush()
        isShown = true
    }

    /// To the beginning of the prompt, with nothing after it: a terminal that was made narrower has broken the line.
    private var start: String {
        let lines = drawn.cursor / max(1, output.width)
        return (lines > 0 ? "\u{1B}[\(lines)A" : "") + "\r\u{1B}[J"
    }

    /// Leaves the line, whole, above what follows.
    private func finish(_ text: String) throws {
        try output.write(start + "\(output.ink(.bold, Self.sign))\(SafeText.line(text))\n")
        try output.flush()
        drawn.cursor = 0
        isShown = false
        mode?.giveBack()
    }
}
