/// Follows the code fences of a Markdown text, line by line (CommonMark 0.31, section 4.5).
struct MarkdownFence {
    /// What a line is with regard to fences.
    enum Place: Equatable {
        /// Not in a fence.
        case outside
        /// The line that opens one, with the first word of its info string in lower case.
        case opening(info: String)
        /// In one.
        case inside
        /// The line that closes one.
        case closing
    }

    private var mark: UInt8 = 0
    private var length = 0

    /// Whether a fence is open.
    var isOpen: Bool { length > 0 }

    /// Takes the next line.
    ///
    /// A fence may be indented by any number of columns: agents put them into lists.
    mutating func take(_ line: TextLine) -> Place {
        let content = line.trimmed
        guard let first = content.first, first == UInt8(ascii: "`") || first == UInt8(ascii: "~") else {
            return isOpen ? .inside : .outside
        }
        let run = content.prefix { $0 == first }.count
        let info = content.dropFirst(run).trimmed
        if isOpen {
            guard first == mark, run >= length, info.isEmpty else { return .inside }
            length = 0
            return .closing
        }
        guard run >= 3, first == UInt8(ascii: "~") || !info.contains(UInt8(ascii: "`")) else { return .outside }
        mark = first
        length = run
        let word = info.prefix { !$0.isSpace && $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: ",") }.prefix(64).map(
            \.lowercased
        )
        return .opening(info: String(decoding: word, as: UTF8.self))
    }
}
