/// Cuts a line into words as a shell does, as far as quotes and backslashes go; nothing else has a meaning.
enum ReplWords {
    /// The words.
    static func split(_ line: Substring) throws -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in line {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
                continue
            }
            switch (quote, character) {
            case (nil, "\\"), ("\"", "\\"): isEscaped = true
            case (nil, "\""), (nil, "'"):
                quote = character
                word = word ?? ""
            case (character, _): quote = nil
            case (nil, " "), (nil, "\t"):
                if let done = word { words.append(done) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        guard quote == nil, !isEscaped else {
            throw CommandError(.usage, "a quote is not closed", hint: "quotes hold words together, as in a shell")
        }
        return word.map { words + [$0] } ?? words
    }

    /// The first word, and what follows it, as it stands.
    static func first(_ text: Substring) -> (word: Substring, rest: Substring) {
        let text = text.drop { $0 == " " || $0 == "\t" }
        let word = text.prefix { $0 != " " && $0 != "\t" }
        return (word, text[word.endIndex...].drop { $0 == " " || $0 == "\t" })
    }
}
