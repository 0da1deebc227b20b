/// What a line at the prompt means.
enum ReplLine: Sendable, Hashable {
    case nothing
    case quit
    case help
    /// A command line of orch.
    case run([String])
    /// The brief of an issue goes to the orchestrator.
    case brief(Int)
    /// Only what this agent does is shown, and all of that; nil: what everybody does.
    case tail(String?)
    /// Whether what happens is shown at all.
    case stateFeed(Bool)

    /// Reads a line.
    ///
    /// - Throws: `CommandError` saying what is wrong with it.
    static func read(_ text: String) throws -> ReplLine {
        var line = text[...]
        while line.last?.isWhitespace == true { line.removeLast() }
        line = line.drop { $0.isWhitespace }
        guard let first = line.first else { return .nothing }
        guard first == ":" else { return .run(["send", "orchestrator", "--", String(line)]) }
        let (word, rest) = ReplWords.first(line.dropFirst())
        switch word {
        case "": return .nothing
        case "quit", "exit", "q": return .quit
        case "help", "h", "?":
            let words = try ReplWords.split(rest)
            return words.isEmpty
                ? .help : .run(try ReplVerbs.arguments(words[0][...], "") + words.dropFirst() + ["--help"])
        case "tail": return .tail(rest.isEmpty || rest == "off" ? nil : String(rest))
        case "statefeed":
            guard rest == "on" || rest == "off" else {
                throw CommandError(.usage, "write :statefeed on or :statefeed off")
            }
            return .stateFeed(rest == "on")
        case "issue-prompt":
            guard let number = IssueNumber(argument: String(rest)) else {
                throw CommandError(.usage, "write :issue-prompt and an issue's number")
            }
            return .brief(number.value)
        case "daemon", "repl":
            throw CommandError(.usage, "`orch \(word)` wants a terminal of its own", hint: "start it in another one")
        default: return .run(try ReplVerbs.arguments(word, rest))
        }
    }
}
