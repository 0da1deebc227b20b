/// Finds what is surely code in a Markdown text as GitHub reads it.
///
/// GitHub links no mention in code, so code may stay as it is, to be copied whole. But a text may be made so that it only looks like code:
/// a fence within an HTML block, a backtick that pairs with one on another line. So this takes for code only what no reading can make
/// anything else, and stops taking anything for code where the text gets ambiguous (GitHub Flavored Markdown, https://github.github.com/gfm/:
/// 4.5 fences, 4.6 HTML blocks, 6.3 code spans, 6.9 autolinks). What is code and not found here is only treated with needless care.
///
/// - A fence counts when it begins at the first column, outside HTML; the first other line with three backticks or tildes, and the first
///   thing that may open an HTML block which no blank line ends, ends all certainty.
/// - A code span counts when its line has only single backticks, an even number, and nothing that binds closer than a code span does.
struct CertainCode {
    private let bytes: [UInt8]
    private var found: [Range<Int>] = []
    private var isCertain = true
    /// Whether the lines since the last blank one may be an HTML block.
    private var isHTML = false
    /// Whether the backticks of the paragraph may pair otherwise than they look.
    private var isTangled = false
    private var fence: (mark: UInt8, length: Int)?

    /// The ranges of code in a text, in order; the line that opens a fence is none.
    static func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        scan(bytes).found
    }

    /// The line that would close a fence that is surely open at the end of a text.
    static func openFence(in bytes: [UInt8]) -> String? {
        scan(bytes).fence.map { String(repeating: $0.mark == UInt8(ascii: "`") ? "`" : "~", count: $0.length) }
    }

    private static func scan(_ bytes: [UInt8]) -> CertainCode {
        var code = CertainCode(bytes: bytes)
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            code.take(start..<end)
            start = end + 1
        }
        return code
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func take(_ line: Range<Int>) {
        let text = bytes[line]
        if let fence {
            if closes(text, fence) { self.fence = nil } else { found.append(line) }
            return
        }
        guard isCertain else { return }
        guard text.contains(where: { $0 > 0x20 }) else {
            isHTML = false
            isTangled = false
            return
        }
        if !isHTML, let opened = opening(text) {
            fence = opened
            isTangled = false
            return
        }
        guard !endsCertainty(text) else {
            isCertain = false
            return
        }
        if firstMark(text) == UInt8(ascii: "<") { isHTML = true }
        if !isHTML { takeSpans(line) }
    }

    /// The fence that a line at the first column opens; a backtick in what follows would make it a code span.
    private func opening(_ text: ArraySlice<UInt8>) -> (mark: UInt8, length: Int)? {
        guard let mark = text.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
        let length = text.prefix { $0 == mark }.count
        guard length >= 3, mark == UInt8(ascii: "~") || !text.dropFirst(length).contains(mark) else { return nil }
        return (mark, length)
    }

    /// At most three spaces, at least as many marks, and nothing else.
    private func closes(_ text: ArraySlice<UInt8>, _ fence: (mark: UInt8, length: Int)) -> Bool {
        let spaces = text.prefix { $0 == 0x20 }.count
        let rest = text.dropFirst(spaces)
        let length = rest.prefix { $0 == fence.mark }.count
        return spaces <= 3 && length >= fence.length
            && rest.dropFirst(length).allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }

    /// Whether what follows may be read in several ways: another fence, HTML that a blank line does not end, mathematics.
    private func endsCertainty(_ text: ArraySlice<UInt8>) -> Bool {
        for index in text.indices {
            let rest = text[index...]
            switch text[index] {
            case UInt8(ascii: "`"), UInt8(ascii: "~"):
                if rest.prefix(3).count == 3, rest.prefix(3).allSatisfy({ $0 == text[index] }) { return true }
            case UInt8(ascii: "$"): if rest.dropFirst().first == UInt8(ascii: "$") { return true }
            case UInt8(ascii: "<"):
                let word = rest.dropFirst().prefix(8).map { $0 | 0x20 }
                let openers = ["pre", "script", "style", "textarea"]
                if let first = rest.dropFirst().first, first == UInt8(ascii: "!") || first == UInt8(ascii: "?") {
                    return true
                }
                if openers.contains(where: { word.starts(with: $0.utf8) }) { return true }
            default: break
            }
        }
        return false
    }

    /// The first byte past what begins lists and quotations.
    private func firstMark(_ text: ArraySlice<UInt8>) -> UInt8? {
        text.first { !" \t>-*+.)0123456789".utf8.contains($0) || $0 == UInt8(ascii: "<") }
    }

    /// Takes the code spans of a line, if they are beyond doubt.
    private mutating func takeSpans(_ line: Range<Int>) {
        let text = bytes[line]
        let ticks = line.filter { bytes[$0] == UInt8(ascii: "`") }
        // Tags and mathematics bind closer, and may go on on the next line; links without brackets swallow backticks.
        let isClosed = text.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "\\") }
        let hasLink = contains(text, "://") || contains(text, "www.")
        let isPaired = ticks.count.isMultiple(of: 2) && zip(ticks, ticks.dropFirst()).allSatisfy { $1 - $0 > 1 }
        if isClosed || !ticks.isEmpty && (hasLink || !isPaired) { isTangled = true }
        // A table cell ends at its bar, also within a code span.
        guard !isTangled, !text.contains(UInt8(ascii: "|")) else {
            if !ticks.isEmpty, text.contains(UInt8(ascii: "|")) { isTangled = true }
            return
        }
        for pair in stride(from: 0, to: ticks.count, by: 2) { found.append(ticks[pair]..<(ticks[pair + 1] + 1)) }
    }

    private func contains(_ text: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard text.count >= count else { return false }
        return text.indices.dropLast(count - 1).contains { start in
            (0..<count).allSatisfy { text[start + $0] | 0x20 == word.utf8Start[$0] | 0x20 }
        }
    }
}
