/// The names of agents: `a`–`z`, digits, `-` and `_`, 1 to 64 of them.
package enum AgentName {
    /// The longest name.
    package static let limit = 64

    /// Names that mean something else in commands and in the event stream; no agent is given one.
    package static let reserved: Set<String> = ["orchestrator", "orch", "hub", "app", "app-server", "off", "on", "all"]

    /// The one form of a name: lower case, runs of other characters are one `_`, hyphens stay.
    ///
    /// - Parameter text: a name as somebody wrote it; spaces around it do not count.
    /// - Returns: the name.
    /// - Throws: `CoreError` with code `invalidAgentName` when no letter or digit is in it, or it is too long.
    package static func normalise(_ text: some StringProtocol) throws(CoreError) -> String {
        var name: [UInt8] = []
        var hasWord = false
        for byte in Array(text.utf8.prefix(4 * limit + 1))[...].trimmed {
            let lower = byte.lowercased
            if lower.isLetter || lower.isDigit {
                hasWord = true
                name.append(lower)
            } else if lower == UInt8(ascii: "-") {
                // A name must not look like an option.
                if !name.isEmpty { name.append(lower) }
            } else if name.last != UInt8(ascii: "_") {
                name.append(UInt8(ascii: "_"))
            }
        }
        let shown = SafeText.line(Clip.characters(text, 40))
        guard hasWord else {
            throw CoreError(.invalidAgentName, "`\(shown)` is no agent name: it needs a letter or a digit of a–z, 0–9")
        }
        guard name.count <= limit else {
            throw CoreError(.invalidAgentName, "`\(shown)` is no agent name: it is longer than \(limit) characters")
        }
        return String(decoding: name, as: UTF8.self)
    }

    /// The one form of a name for a new agent, which must not be reserved.
    ///
    /// - Throws: `CoreError` with code `invalidAgentName`.
    package static func new(_ text: some StringProtocol) throws(CoreError) -> String {
        let name = try normalise(text)
        guard !reserved.contains(name) else {
            throw CoreError(.invalidAgentName, "`\(name)` is reserved: choose another name for the agent")
        }
        return name
    }

    /// The name of the agent that works on an issue when nobody names it.
    package static func forIssue(_ number: Int) -> String { "iss-\(number)" }

    /// The issue that a name made by `forIssue` means.
    package static func issue(of name: String) -> Int? {
        guard name.hasPrefix("iss-"), let number = Int(name.dropFirst(4)), number > 0, forIssue(number) == name else {
            return nil
        }
        return number
    }
}
