/// Makes lines of keys.
struct LineEditor {
    /// What came of the keys.
    enum Outcome: Sendable, Hashable {
        case line(String)
        /// There will be no more lines.
        case end
        /// The screen is to be cleared.
        case clear
    }

    /// What is being typed.
    private(set) var line = EditedLine()
    private var history = LineHistory()
    private var reader = KeyReader()
    private var keys: ArraySlice<Key> = []

    /// Takes what a terminal sent; `next` tells what comes of it.
    mutating func take(_ bytes: [UInt8]) { keys += reader.keys(bytes) }

    /// Forgets what was typed.
    mutating func cancel() {
        line = EditedLine()
        keys = []
        history.leave()
    }

    /// The next outcome; nil when more has to be typed.
    mutating func next() -> Outcome? {
        while let key = keys.popFirst() {
            switch key {
            case .enter:
                let text = line.text
                line = EditedLine()
                history.add(text)
                return .line(text)
            case .endOfInput:
                if line.text.isEmpty { return .end }
                line.take(.delete)
            case .clearScreen: return .clear
            case .older: if let older = history.older(than: line.text) { line = EditedLine(older) }
            case .newer: if let newer = history.newer() { line = EditedLine(newer) }
            default: line.take(key)
            }
        }
        return nil
    }
}
