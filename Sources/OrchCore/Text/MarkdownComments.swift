/// Takes HTML comments out of Markdown: a reader on the web does not see them, so an agent does not either (P-69).
struct MarkdownComments {
    /// Whether a comment has begun and not ended.
    private(set) var isInside = false

    /// The visible part of the next line that is outside fences.
    ///
    /// A comment that never ends hides the rest of the text, as it does on the web.
    mutating func visible(_ line: TextLine) -> TextLine {
        guard isInside || line.bytes.contains(UInt8(ascii: "<")) else { return line }
        var out: [UInt8] = []
        var rest = line.bytes
        while let first = rest.first {
            if isInside {
                guard first == UInt8(ascii: "-"), rest.begins(with: "-->") else {
                    rest.removeFirst()
                    continue
                }
                isInside = false
                rest = rest.dropFirst(3)
            } else if first == UInt8(ascii: "<"), rest.begins(with: "<!--") {
                isInside = true
                rest = rest.dropFirst(4)
            } else {
                out.append(first)
                rest.removeFirst()
            }
        }
        return TextLine(bytes: out[...])
    }
}
