import OrchCore

/// A query that a person typed, cut into words.
///
/// SQLite's authorizer decides what it may read. This looks for what the authorizer can't see: it is told the *name* of the view that an
/// access comes from, and a common table expression of the same name would read base tables under that name.
struct SQLText {
    /// A word: an identifier or keyword with its quotes taken off, or one other character.
    struct Word: Hashable {
        var text: String
        /// Whether it may be a name: a keyword and a quoted text may.
        var isName: Bool
    }

    let words: [Word]

    init(_ text: String) {
        var cutter = Cutter(Array(text.utf8))
        var words: [Word] = []
        while let word = cutter.next() { words.append(word) }
        self.words = words
    }

    /// Refuses all that is no query, and a common table expression that takes the name of a readable view.
    ///
    /// - Throws: `StoreError.refusedQuery` saying why.
    func check(readable: Set<String>) throws(StoreError) {
        guard let first = words.first else {
            throw StoreError(.invalidQuery, "the query is empty: write SELECT … FROM report_…")
        }
        guard ["select", "with", "values", "explain"].contains(first.text.lowercased()) else {
            throw StoreError(
                .refusedQuery,
                "only queries are allowed, and this begins with '\(SafeText.line(String(first.text.prefix(40))))': write SELECT … FROM report_…"
            )
        }
        if let semicolon = words.firstIndex(where: { $0.text == ";" && !$0.isName }),
            words[semicolon...].contains(where: { $0.text != ";" })
        {
            throw StoreError(.refusedQuery, "only one query is allowed: something follows the semicolon")
        }
        let lower = Set(readable.map { $0.lowercased() })
        for index in words.indices where words[index].isName && lower.contains(words[index].text.lowercased()) {
            guard isDefinition(at: index) else { continue }
            throw StoreError(.refusedQuery, "WITH may not define '\(words[index].text)': that is the name of a report")
        }
    }

    /// The names, in lower case, of the common table expressions that it defines.
    var definitions: Set<String> {
        Set(words.indices.filter { words[$0].isName && isDefinition(at: $0) }.map { words[$0].text.lowercased() })
    }

    /// Whether `name [(columns)] AS [NOT] [MATERIALIZED] (` begins here: nothing else in SQL looks like that.
    private func isDefinition(at index: Int) -> Bool {
        var at = index + 1
        if text(at) == "(" {
            while at < words.count, text(at) != ")" { at += 1 }
            at += 1
        }
        guard text(at) == "as" else { return false }
        at += 1
        if text(at) == "not" { at += 1 }
        if text(at) == "materialized" { at += 1 }
        return text(at) == "("
    }

    private func text(_ index: Int) -> String? {
        words.indices.contains(index) ? words[index].text.lowercased() : nil
    }

    /// Cuts as SQLite's tokenizer does, as far as names, quotes and comments go.
    private struct Cutter {
        private let bytes: [UInt8]
        private var at = 0

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
        }

        mutating func next() -> Word? {
            skipSpaceAndComments()
            guard at < bytes.count else { return nil }
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): return quoted(until: byte)
            case UInt8(ascii: "["): return quoted(until: UInt8(ascii: "]"))
            case _ where isWord(byte):
                let start = at
                while at < bytes.count, isWord(bytes[at]) { at += 1 }
                return Word(text: String(decoding: bytes[start..<at], as: UTF8.self), isName: true)
            default:
                at += 1
                return Word(text: String(decoding: [byte], as: UTF8.self), isName: false)
            }
        }

        private mutating func skipSpaceAndComments() {
            while at < bytes.count {
                switch (bytes[at], at + 1 < bytes.count ? bytes[at + 1] : 0) {
                case (0x09...0x0D, _), (0x20, _): at += 1
                case (UInt8(ascii: "-"), UInt8(ascii: "-")):
                    while at < bytes.count, bytes[at] != 0x0A { at += 1 }
                case (UInt8(ascii: "/"), UInt8(ascii: "*")):
                    at += 2
                    while at + 1 < bytes.count, bytes[at] != UInt8(ascii: "*") || bytes[at + 1] != UInt8(ascii: "/") {
                        at += 1
                    }
                    at += 2
                case (0xEF, 0xBB) where at + 2 < bytes.count && bytes[at + 2] == 0xBF: at += 3  // a byte order mark
                default: return
                }
            }
        }

        private mutating func quoted(until end: UInt8) -> Word {
            at += 1
            var text: [UInt8] = []
            while at < bytes.count {
                if bytes[at] == end {
                    // A doubled quote stands for itself, except that of brackets.
                    guard end != UInt8(ascii: "]"), at + 1 < bytes.count, bytes[at + 1] == end else { break }
                    at += 1
                }
                text.append(bytes[at])
                at += 1
            }
            at += 1
            return Word(text: String(decoding: text, as: UTF8.self), isName: true)
        }

        private func isWord(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
                true
            default: false
            }
        }
    }
}
