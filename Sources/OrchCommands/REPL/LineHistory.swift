/// The lines of this session, to be taken up again.
struct LineHistory: Sendable, Hashable {
    /// Lines that are remembered.
    static let limit = 1_000

    private var lines: [String] = []
    /// Which of them is shown; nil: the line that is being typed.
    private var position: Int?
    /// That line, while another is shown.
    private var draft = ""

    /// Remembers a line, and begins at the end again.
    mutating func add(_ line: String) {
        position = nil
        guard !line.allSatisfy(\.isWhitespace), line != lines.last else { return }
        lines.append(line)
        if lines.count > Self.limit { lines.removeFirst() }
    }

    /// Begins at the end again.
    mutating func leave() { position = nil }

    /// The line before the one that is shown; nil when there is none.
    mutating func older(than shown: String) -> String? {
        guard let last = position ?? (lines.isEmpty ? nil : lines.count), last > 0 else { return nil }
        if position == nil { draft = shown }
        position = last - 1
        return lines[last - 1]
    }

    /// The line after it; nil when it is the one that is being typed.
    mutating func newer() -> String? {
        guard let position else { return nil }
        guard position + 1 < lines.count else {
            self.position = nil
            return draft
        }
        self.position = position + 1
        return lines[position + 1]
    }
}
