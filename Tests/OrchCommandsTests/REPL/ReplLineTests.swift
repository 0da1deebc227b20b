import ArgumentParser
import Testing

@testable import OrchCommands

/// What a line at the prompt means.
@Suite struct ReplLineTests {
    @Test(arguments: [
        ("Plan the work, don't wait", ReplLine.run(["send", "orchestrator", "--", "Plan the work, don't wait"])),
        ("  - an item  ", .run(["send", "orchestrator", "--", "- an item"])), ("", .nothing), ("   ", .nothing),
        (":", .nothing), (":quit", .quit), (":q  ", .quit), (":help", .help), (":?", .help),
        (":help issue new", .run(["issue", "new", "--help"])), (":help agents", .run(["agent", "list", "--help"])),
        (":agents", .run(["agent", "list"])), (":status --json", .run(["status", "--json"])),
        (":spawn coder Set up it's suite", .run(["agent", "spawn", "coder", "--", "Set up it's suite"])),
        (":spawn coder --issue 3 \"Do it\"", .run(["agent", "spawn", "coder", "--issue", "3", "Do it"])),
        (":send coder \"quoted\"", .run(["agent", "send", "coder", "--", "\"quoted\""])),
        (":send coder", .run(["agent", "send", "coder"])), (":close coder", .run(["agent", "close", "coder"])),
        (":issue 3", .run(["issue", "show", "3"])), (":issue #3 --json", .run(["issue", "show", "#3", "--json"])),
        (":issue edit 3 -t 'New title'", .run(["issue", "edit", "3", "-t", "New title"])),
        (":new Don't panic", .run(["issue", "new", "--queue", "--", "Don't panic"])),
        (":comment 3 it's fine", .run(["issue", "comment", "3", "--", "it's fine"])),
        (":gh-issue 3 it's @tina's", .run(["gh", "comment", "3", "--", "it's @tina's"])),
        (":gh-pr 5 --body-file notes.md", .run(["gh", "pr-comment", "5", "--body-file", "notes.md"])),
        (":plan", .run(["plan"])), (":plan --json", .run(["plan", "--json"])),
        (":deny 2 not that way", .run(["deny", "2", "--reason", "not that way"])),
        (":approve 2", .run(["approve", "2"])),
        (":pause for the weekend", .run(["pause", "--", "for the weekend"])), (":pause", .run(["pause"])),
        (":recent", .run(["query", "decisions", "--limit", "20"])),
        (":summary 7", .run(["query", "timeline", "--issue", "7"])),
        (":stderr coder 50", .run(["stderr", "coder", "50"])),
        (":stalls --json", .run(["query", "stalls", "--json"])),
        (":query sql \"SELECT 1\"", .run(["query", "sql", "SELECT 1"])), (":autopilot on", .run(["autopilot", "on"])),
        (":tail coder", .tail("coder")), (":tail off", .tail(nil)), (":tail", .tail(nil)),
        (":statefeed off", .stateFeed(false)),
        (":issue-prompt 4", .brief(4)),
    ]) func `a line is read as people mean it`(text: String, line: ReplLine) throws {
        #expect(try ReplLine.read(text) == line)
    }

    @Test(arguments: [
        (":frobnicate", "there is no :frobnicate"), (":status 'open", "a quote is not closed"),
        (":statefeed maybe", "write :statefeed on or :statefeed off"), (":issue-prompt x", "an issue's number"),
        (":daemon", "a terminal of its own"), (":repl", "a terminal of its own"),
    ]) func `what can't be read is told`(text: String, words: String) {
        let error = #expect(throws: CommandError.self) { try ReplLine.read(text) }
        #expect(error?.status == .usage)
        #expect(error?.message.contains(words) == true)
    }

    @Test func `every short word stands for a command of orch`() throws {
        for (name, verb) in ReplVerbs.table {
            var arguments = verb.words.filter { !$0.hasPrefix("--") && Int($0) == nil }
            arguments.append("--help")
            let error = #expect(throws: (any Error).self) {
                var command = try OrchCommand.parseAsRoot(arguments)
                try command.run()
            }
            #expect(error.map { OrchCommand.exitCode(for: $0) } == .success, "\(name)")
            #expect(ReplVerbs.help.contains(":\(name)"))
        }
    }

    @Test(arguments: [
        ("a b  c", ["a", "b", "c"]), ("'a b' \"c d\"", ["a b", "c d"]), ("a\\ b", ["a b"]),
        ("\"a \\\" b\"", ["a \" b"]),
        ("''", [""]), ("x'y'z", ["xyz"]), ("", []),
    ]) func `words are cut as a shell cuts them`(text: String, words: [String]) throws {
        #expect(try ReplWords.split(text[...]) == words)
    }
}
