/// Cuts a template into text, outputs and tags.
enum TemplateLexer {
    /// A piece of a template.
    struct Token {
        /// What it is.
        enum Kind { case text, output, tag }
        var kind: Kind
        /// Its inside, without the braces.
        var text: String
        var line: Int
    }

    /// The tokens, in order.
    static func tokens(of text: String) throws(TemplateError) -> [Token] {
        var lexer = Lexer(bytes: Array(text.utf8))
        while try lexer.next() {}
        return lexer.tokens
    }

    private struct Lexer {
        let bytes: [UInt8]
        var tokens: [Token] = []
        private var at = 0
        private var line = 1
        private var trimsNext = false

        init(bytes: [UInt8]) { self.bytes = bytes }

        /// Reads the text up to the next brace pair, and the pair; false at the end.
        mutating func next() throws(TemplateError) -> Bool {
            let start = at
            while at + 1 < bytes.count, !(bytes[at] == UInt8(ascii: "{") && "{%".utf8.contains(bytes[at + 1])) {
                at += 1
            }
            guard at + 1 < bytes.count else {
                at = bytes.count
                appendText(start..<at, trimsEnd: false)
                return false
            }
            let isOutput = bytes[at + 1] == UInt8(ascii: "{")
            let trims = at + 2 < bytes.count && bytes[at + 2] == UInt8(ascii: "-")
            appendText(start..<at, trimsEnd: trims)
            let opened = line
            at += trims ? 3 : 2
            let inside = try inside(of: isOutput ? "}" : "%", opened: opened)
            tokens.append(Token(kind: isOutput ? .output : .tag, text: inside, line: opened))
            if !isOutput { try skipVerbatim(inside, opened: opened) }
            return true
        }

        /// The inside up to `}}` or `%}`, past quotes.
        private mutating func inside(of end: Unicode.Scalar, opened: Int) throws(TemplateError) -> String {
            let start = at
            var quote: UInt8?
            while at + 1 < bytes.count {
                let byte = bytes[at]
                if byte == 0x0A { line += 1 }
                if let open = quote {
                    if byte == open { quote = nil }
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    quote = byte
                } else if byte == UInt8(ascii: end), bytes[at + 1] == UInt8(ascii: "}") {
                    trimsNext = at > start && bytes[at - 1] == UInt8(ascii: "-")
                    let inside = bytes[start..<(trimsNext ? at - 1 : at)]
                    at += 2
                    return String(decoding: inside.trimmedAll, as: UTF8.self)
                }
                at += 1
            }
            throw TemplateError(.syntax, "`{\(end == "}" ? "{" : "%")` is not closed by `\(end)}`", line: opened)
        }

        /// Takes `raw` as text and drops `comment`, up to their ends.
        private mutating func skipVerbatim(_ tag: String, opened: Int) throws(TemplateError) {
            guard tag == "raw" || tag == "comment" else { return }
            tokens.removeLast()
            let start = at
            let end = "end" + tag
            while at < bytes.count {
                guard let length = Self.tag(end, in: bytes, at: at) else {
                    at += 1
                    continue
                }
                let inside = start..<at
                if tag == "raw" {
                    appendText(inside, trimsEnd: false)
                } else {
                    count(inside)
                }
                at += length
                trimsNext = bytes[at - 3] == UInt8(ascii: "-")
                return
            }
            throw TemplateError(.syntax, "`{% \(tag) %}` is not closed by `{% \(end) %}`", line: opened)
        }

        /// The length of `{% name %}` at a place, if it stands there.
        private static func tag(_ name: String, in bytes: [UInt8], at start: Int) -> Int? {
            guard bytes[start] == UInt8(ascii: "{"), bytes[start...].starts(with: "{%".utf8) else { return nil }
            var at = start + 2
            if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
            while at < bytes.count, bytes[at] == 0x20 { at += 1 }
            guard bytes[min(at, bytes.count)...].starts(with: name.utf8) else { return nil }
            at += name.utf8.count
            while at < bytes.count, bytes[at] == 0x20 { at += 1 }
            if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
            return bytes[min(at, bytes.count)...].starts(with: "%}".utf8) ? at + 2 - start : nil
        }

        private mutating func appendText(_ range: Range<Int>, trimsEnd: Bool) {
            var slice = bytes[range]
            if trimsNext { slice = slice.drop { $0.isSpace || $0 == 0x0A } }
            if trimsEnd { while let last = slice.last, last.isSpace || last == 0x0A { slice.removeLast() } }
            trimsNext = false
            if !slice.isEmpty {
                tokens.append(Token(kind: .text, text: String(decoding: slice, as: UTF8.self), line: line))
            }
            count(range)
        }

        private mutating func count(_ range: Range<Int>) { line += bytes[range].count { $0 == 0x0A } }
    }
}

extension ArraySlice<UInt8> {
    /// Without spaces, tabs and line ends at the ends.
    fileprivate var trimmedAll: ArraySlice<UInt8> {
        var slice = self
        while let first = slice.first, first.isSpace || first == 0x0A { slice.removeFirst() }
        while let last = slice.last, last.isSpace || last == 0x0A { slice.removeLast() }
        return slice
    }
}
