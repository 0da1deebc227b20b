import ArgumentParser

/// The words behind the colon, and the command lines of orch that they stand for.
enum ReplVerbs {
    /// A shorter word for a command.
    struct Verb: Sendable, Hashable {
        /// The command.
        var words: [String]
        /// How many words come before a text that goes to the end of the line; nil when there is no such text.
        var before: Int?
        /// The option that the text is the value of; nil when it is an argument.
        var option: String?
        var help: String
    }

    /// The shorter words, in the order of the help.
    ///
    /// Every other command of orch goes by its own name.
    static let table: [(name: String, verb: Verb)] =
        [
            ("agents", Verb(words: ["agent", "list"], help: "who works, and on what")),
            ("spawn", Verb(words: ["agent", "spawn"], before: 1, help: "NAME TASK: start an agent")),
            ("send", Verb(words: ["agent", "send"], before: 1, help: "NAME TEXT: tell an agent something")),
            ("interrupt", Verb(words: ["agent", "interrupt"], help: "NAME: interrupt what it does")),
            ("close", Verb(words: ["agent", "close"], help: "NAME: end its run")),
            ("budget", Verb(words: ["agent", "budget"], help: "NAME --budget 2h: change what it may spend")),
            ("issue", Verb(words: ["issue"], help: "N: show an issue; or new, list, edit, label, close…")),
            ("new", Verb(words: ["issue", "new", "--queue"], before: 0, help: "TITLE: file an issue and queue it")),
            ("comment", Verb(words: ["issue", "comment"], before: 1, help: "N TEXT: comment on an issue")),
            ("gh-issue", Verb(words: ["gh", "comment"], before: 1, help: "N TEXT: comment on an issue at GitHub")),
            ("gh-pr", Verb(words: ["gh", "pr-comment"], before: 1, help: "N TEXT: comment on a pull request there")),
            ("retry", Verb(words: ["issue", "retry"], help: "N: try a stalled issue again")),
            ("issue-list", Verb(words: ["issue", "list"], help: "the open issues")),
            ("plan", Verb(words: ["plan"], help: "what starts next, and what waits for what")),
            ("summary", Verb(words: ["query", "timeline", "--issue"], help: "N: what happened to an issue")),
            ("recent", Verb(words: ["query", "decisions", "--limit", "20"], help: "the last decisions")),
            (
                "approve",
                Verb(words: ["approve"], before: 1, option: "--reason", help: "ID [WHY]: allow what is asked for")
            ),
            ("deny", Verb(words: ["deny"], before: 1, option: "--reason", help: "ID [WHY]: refuse it")),
            ("pause", Verb(words: ["pause"], before: 0, help: "[WHY]: hold new work")),
            ("cat", Verb(words: ["artifact", "cat"], help: "ID: print a report whole")),
        ] + reports.map { ($0, Verb(words: ["query", $0], help: "the report of that name")) }

    /// Reports that are a word of their own.
    static let reports = [
        "decisions", "stalls", "turns", "artifacts", "events", "budgets", "tokens", "timeline", "outbox",
    ]

    /// The command line for a word and what follows it.
    static func arguments(_ name: Substring, _ rest: Substring) throws -> [String] {
        guard let verb = table.first(where: { $0.name == name })?.verb else {
            guard commands.contains(String(name)) else {
                throw CommandError(
                    .usage,
                    "there is no :\(name)",
                    hint: ":help lists the commands; a line without a colon goes to the orchestrator"
                )
            }
            return [String(name)] + (try ReplWords.split(rest))
        }
        if name == "issue", IssueNumber(argument: String(ReplWords.first(rest).word)) != nil {
            return ["issue", "show"] + (try ReplWords.split(rest))
        }
        guard let before = verb.before else { return verb.words + (try ReplWords.split(rest)) }
        return verb.words + (try text(rest, after: before, option: verb.option))
    }

    /// Some words, and then a text as it stands, apostrophes and all; with options, it is words and quotes as in a shell.
    private static func text(_ rest: Substring, after before: Int, option: String?) throws -> [String] {
        var words: [String] = []
        var rest = rest
        for _ in 0..<before where !rest.isEmpty {
            let (word, tail) = ReplWords.first(rest)
            words.append(String(word))
            rest = tail
        }
        guard !rest.isEmpty else { return words }
        if rest.hasPrefix("--") { return words + (try ReplWords.split(rest)) }
        return words + (option.map { [$0, String(rest)] } ?? ["--", String(rest)])
    }

    /// The commands of orch.
    private static var commands: Set<String> {
        Set(
            OrchCommand.configuration.groupedSubcommands.flatMap(\.subcommands).compactMap {
                $0.configuration.commandName
            }
        )
    }

    /// What `:help` prints.
    static var help: String {
        let own = [
            ("tail NAME", "show all that an agent does (or app, the app-server; or orch, the hub); :tail off ends it"),
            ("statefeed on|off", "whether what happens is shown"),
            ("issue-prompt N", "send an issue's text to the orchestrator"),
            ("help [COMMAND]", "this, or all options of a command"), ("quit", "end; agents and the daemon go on"),
        ]
        let lines = table.filter { !reports.contains($0.name) }.map { ($0.name, $0.verb.help) }
        func list(_ lines: [(String, String)]) -> String {
            lines.map { "  :" + Column.left($0.0, 18) + $0.1 + "\n" }.joined()
        }
        let others = commands.subtracting(table.map(\.name)).subtracting(["daemon", "repl"]).sorted()
        return """
            A line goes to the orchestrator. One that begins with a colon is a command:

            \(list(lines))
            Reports: \(reports.map { ":" + $0 }.joined(separator: " ")), and :query with all its options.
            Also: \(others.map { ":" + $0 }.joined(separator: " ")).

            \(list(own))
            """
    }
}
