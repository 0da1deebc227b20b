import OrchCore
import Testing

@testable import OrchCommands

/// `orch --help` and what stands behind it.
@Suite struct HelpTests {
    /// Every command of the interface, as people type it.
    static let tree: [String] = [
        "init", "daemon", "repl", "doctor", "demo", "issue new", "issue list", "issue show", "issue edit",
        "issue comment",
        "issue label",
        "issue close", "issue reopen", "issue retry", "gh comment", "gh pr-comment", "plan", "agent spawn",
        "agent send", "agent close", "agent interrupt",
        "agent budget",
        "agent list", "send", "approvals", "approve", "deny", "autopilot", "decide", "wip", "pause", "resume", "stop",
        "status",
        "explain", "follow", "query decisions", "query stalls", "query agents", "query issues", "query turns",
        "query approvals",
        "query artifacts", "query events", "query budgets", "query tokens", "query timeline", "query outbox",
        "query sql",
        "query stderr", "artifact show", "artifact cat", "stderr", "undo", "export", "import",
    ]

    @Test func `the help lists every command and every exit code`() async {
        let help = await Console().run("--help")
        #expect(help.status == 0)
        #expect(help.err.isEmpty)
        for name in Set(Self.tree.compactMap { $0.split(separator: " ").first }) {
            #expect(help.out.contains("\n  \(name) "), "\(name) is not listed")
        }
        for status in OrchCommands.ExitStatus.allCases {
            #expect(help.out.contains("\(status.rawValue)  \(status.meaning)"))
        }
    }

    @Test(arguments: tree) func `each command has help of its own`(name: String) async throws {
        var arguments = name.split(separator: " ").map(String.init)
        arguments.append("--help")
        let help = await Console().run(arguments)
        #expect(help.status == 0)
        #expect(help.out.contains("OVERVIEW: "))
        #expect(help.out.contains("USAGE: orch \(name)"))
    }

    @Test func `every command and every option is explained`() async throws {
        let dump = await Console().run("--experimental-dump-help")
        let root = try #require(dump.json?["command"])
        var unexplained: [String] = []
        func look(_ command: JSONValue, _ path: String) {
            let name = path + (command["commandName"]?.stringValue ?? "?")
            let abstract = command["abstract"]?.stringValue ?? ""
            if abstract.isEmpty || abstract.hasSuffix(".") { unexplained.append("\(name): \(abstract)") }
            for argument in command["arguments"]?.arrayValue ?? [] where argument["shouldDisplay"]?.boolValue != false {
                if argument["abstract"]?.stringValue?.isEmpty != false {
                    unexplained.append("\(name) \(argument["valueName"]?.stringValue ?? argument.canonicalText)")
                }
            }
            for child in command["subcommands"]?.arrayValue ?? [] where child["commandName"] != "help" {
                look(child, name + " ")
            }
        }
        look(root, "")
        #expect(unexplained == [])
    }

    @Test func `the tree has the commands of the interface and no others`() async throws {
        let dump = await Console().run("--experimental-dump-help")
        var found: [String] = []
        func look(_ command: JSONValue, _ path: [String]) {
            let children = (command["subcommands"]?.arrayValue ?? []).filter { $0["commandName"] != "help" }
            if children.isEmpty { found.append(path.joined(separator: " ")) }
            for child in children { look(child, path + [child["commandName"]?.stringValue ?? "?"]) }
        }
        look(try #require(dump.json?["command"]), [])
        #expect(found.sorted() == Self.tree.sorted())
    }

    @Test func `the help of a report explains its columns, and that of sql all views`() async {
        for arguments in [["query", "stalls", "--help"], ["help", "query", "stalls"], ["query", "stalls", "-h"]] {
            let help = await Console().run(arguments)
            #expect(help.out.contains("\n\nCOLUMNS (the keys of --json; the table shows agent, issue, state"))
            #expect(help.out.contains("\n  why                              why it is thought stalled\n"))
            #expect(help.out.contains("\n  since_at, since_at_ms            since when (ISO 8601 in UTC; milliseconds"))
        }
        let sql = await Console().run("query", "sql", "--help")
        #expect(sql.out.contains("\n  report_issues: One row per issue.\n    number "))
        #expect(!(await Console().run("query", "--help").out.contains("COLUMNS")))
        #expect(!(await Console().run("status", "--help").out.contains("COLUMNS (")))
    }

    @Test(arguments: [
        (["issue", "close"], "(default: 30s)"), (["query", "turns"], "(default: all)"),
        (["query", "sql"], "(default: 10s)"), (["query", "turns"], "(default: table)"), (["demo"], "(default: 3m)"),
    ]) func `defaults are told`(command: [String], words: String) async {
        let help = await Console().run(command + ["--help"]).out
        #expect(help.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(words))
    }

    @Test func `the help tells how to get completions`() async {
        #expect(await Console().run("--help").out.contains("--generate-completion-script bash"))
    }

    @Test func `no arguments show the help, and a group shows its commands`() async {
        let none = await Console().run()
        #expect(none.status == 0)
        #expect(none.out.contains("USAGE: orch <command> [options]"))
        let group = await Console().run("issue")
        #expect(group.status == 0)
        #expect(group.out.contains("File issues and look after them"))
    }

    @Test func `the version is printed`() async {
        let version = await Console().run("--version")
        #expect(version.status == 0)
        #expect(version.out == OrchVersion.text + "\n")
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func `completions are generated`(shell: String) async {
        let script = await Console().run("--generate-completion-script", shell)
        #expect(script.status == 0)
        #expect(script.out.contains("orch"))
    }
}
