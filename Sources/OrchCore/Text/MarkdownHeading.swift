/// A heading in a Markdown text, in the forms in which people write them.
///
/// `## Goal`, `**Goal**`, `**Goal:**` and, for the words that a caller knows, `Goal:` with or without text behind it.
struct MarkdownHeading {
    /// 1 to 6 for `#` headings; 7 for the others, which stand below all of them.
    var level: Int
    /// The title in lower case, without marks, numbering and emphasis.
    var title: String
    /// What follows the colon on the same line.
    var rest: String

    /// Longer titles are text, not headings; a bound on what is worked on.
    static let titleLimit = 200

    /// Reads a line that is outside fences.
    ///
    /// - Parameters:
    ///   - line: the line.
    ///   - plain: whether a bare `word:` is a heading too; asked with the word.
    init?(_ line: TextLine, plain: (String) -> Bool = { _ in false }) {
        guard line.indent <= 3 else { return nil }
        let content = line.trimmed
        switch content.first {
        case nil: return nil
        case UInt8(ascii: "#"):
            let hashes = content.prefix { $0 == UInt8(ascii: "#") }.count
            let title = content.dropFirst(hashes)
            guard hashes <= 6, title.first?.isSpace ?? true, title.count <= Self.titleLimit else { return nil }
            level = hashes
            self.title = Self.plainTitle(title)
            rest = ""
        case UInt8(ascii: "*"), UInt8(ascii: "_"):
            guard let bold = Self.bold(content) else { return nil }
            let title = Self.plainTitle(bold.title)
            guard bold.rest.isEmpty || plain(title) else { return nil }
            level = 7
            self.title = title
            rest = String(decoding: bold.rest, as: UTF8.self)
        default:
            guard let colon = content.prefix(Self.titleLimit).firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let title = Self.plainTitle(content[..<colon])
            guard plain(title) else { return nil }
            level = 7
            self.title = title
            rest = String(decoding: content[(colon + 1)...].trimmed, as: UTF8.self)
        }
    }

    /// Whether a line underlines the one above it as a heading (`===`, `---`), and of which level.
    static func underline(_ line: TextLine) -> Int? {
        let content = line.trimmed
        guard line.indent <= 3, content.count >= 3, let first = content.first, content.allSatisfy({ $0 == first })
        else { return nil }
        return first == UInt8(ascii: "=") ? 1 : first == UInt8(ascii: "-") ? 2 : nil
    }

    /// A heading whose line is only its title, underlined by the next line.
    init?(underlined line: TextLine, level: Int) {
        let content = line.trimmed
        guard !content.isEmpty, content.count <= Self.titleLimit else { return nil }
        self.level = level
        title = Self.plainTitle(content)
        rest = ""
    }

    /// Splits `**Title:** rest`, also with the colon outside the emphasis.
    private static func bold(_ content: ArraySlice<UInt8>) -> (title: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
        let mark = content[content.startIndex]
        guard content.count > 4, content[content.startIndex + 1] == mark else { return nil }
        let inner = content.dropFirst(2).prefix(titleLimit + 2)
        var index = inner.startIndex
        while index + 1 < inner.endIndex, !(inner[index] == mark && inner[index + 1] == mark) { index += 1 }
        guard index + 1 < inner.endIndex, index > inner.startIndex else { return nil }
        let title = inner[..<index]
        var rest = content[(index + 2)...].trimmed
        let hasColon = title.trimmed.last == UInt8(ascii: ":") || rest.first == UInt8(ascii: ":")
        if rest.first == UInt8(ascii: ":") { rest = rest.dropFirst().trimmed }
        return rest.isEmpty || hasColon ? (title, rest) : nil
    }

    /// Lower case, without marks, numbering and pictures before and after the words.
    private static func plainTitle(_ bytes: ArraySlice<UInt8>) -> String {
        var slice = bytes.trimmed
        // Numbers ("1. Goal") and all that is no letter stand before the words; a title in another script has none of ours.
        while let first = slice.first, !first.isLetter { slice.removeFirst() }
        while let last = slice.last, !last.isLetter, !last.isDigit, last != UInt8(ascii: ")") { slice.removeLast() }
        return String(decoding: slice.map(\.lowercased), as: UTF8.self)
    }
}
