/// What GitHub checks in texts, and reads out of them.
enum TextRules {
    /// The most characters of a body: issues, comments, reviews.
    static let bodyMax = 65_536
    /// The most characters of a title.
    static let titleMax = 256

    /// Refuses a title that is missing or too long.
    static func checkTitle(_ title: String, _ resource: String) throws {
        let isBlank = title.allSatisfy(\.isWhitespace)
        if isBlank { throw Refusal.invalid(resource, "title", "missing_field") }
        guard title.unicodeScalars.count > titleMax else { return }
        throw Refusal.invalid(resource, "title", "custom", "title is too long (maximum is \(titleMax) characters)")
    }

    /// Refuses a body that is too long.
    static func checkBody(_ body: String, _ resource: String) throws {
        guard body.unicodeScalars.count > bodyMax else { return }
        throw Refusal.invalid(resource, "body", "custom", "body is too long (maximum is \(bodyMax) characters)")
    }

    /// Refuses a comment that is blank or too long.
    static func checkComment(_ body: String, _ resource: String = "IssueComment") throws {
        if body.allSatisfy(\.isWhitespace) { throw Refusal.invalid(resource, "body", "missing_field") }
        guard body.unicodeScalars.count > bodyMax else { return }
        let message = "Body is too long (maximum is \(bodyMax) characters)"
        throw Refusal.invalid(resource, "data", "unprocessable", message)
    }

    /// Who a text mentions: `@login` at a word's beginning, outside code.
    ///
    /// See docs.github.com "Basic writing and formatting syntax", "Mentioning people and teams".
    static func mentions(_ text: String) -> [String] {
        var found: [String] = []
        for line in plainLines(text) {
            let characters = Array(line)
            for (index, character) in characters.enumerated() where character == "@" {
                if index > 0,
                    characters[index - 1].isLetter || characters[index - 1].isNumber || characters[index - 1] == "`"
                {
                    continue
                }
                let name = characters[(index + 1)...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
                if !name.isEmpty, !found.contains(String(name)) { found.append(String(name)) }
            }
        }
        return found
    }

    /// The numbers of the issues that a text closes when it is merged: `Closes #12`, outside code.
    ///
    /// See docs.github.com "Linking a pull request to an issue", the nine keywords.
    static func closes(_ text: String) -> [Int] {
        let keywords: Set<String> = [
            "close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved",
        ]
        var found: [Int] = []
        for line in plainLines(text) {
            let words = line.split { $0.isWhitespace || $0 == "(" || $0 == ")" }
            for (word, next) in zip(words, words.dropFirst()) {
                let key = (word.last == ":" ? word.dropLast() : word).lowercased()
                guard keywords.contains(key), next.first == "#" else { continue }
                if let number = Int(next.dropFirst().prefix { $0.isASCII && $0.isNumber }), !found.contains(number) {
                    found.append(number)
                }
            }
        }
        return found
    }

    /// The lines of a text without fenced code, code spans and comments.
    private static func plainLines(_ text: String) -> [String] {
        var isFenced = false
        var lines: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.drop(while: { $0 == " " }).hasPrefix("```") {
                isFenced.toggle()
                continue
            }
            if isFenced || line.hasPrefix("    ") { continue }
            var plain = ""
            for (index, part) in line.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
                plain += index.isMultiple(of: 2) ? String(part) : "`"
            }
            lines.append(plain)
        }
        return lines
    }
}
