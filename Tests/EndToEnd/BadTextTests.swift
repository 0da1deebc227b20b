import Foundation
import ModelServer
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

/// Text that is no text, too long, or meant for the terminal instead of its reader.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct BadTextTests {
    /// What would rename the window, clear the screen, copy to the clipboard, colour, ring, turn the text round, and hide.
    private static let nasty =
        "\u{1B}]0;owned\u{7} \u{1B}[2J \u{1B}]52;c;b3duZWQ=\u{7} \u{1B}[31mred \u{9B}31m \u{8}\u{8} \u{202E}txet \u{200B}\u{7F}\u{FEFF}"

    private static let commands: [[String]] =
        [
            "agents", "approvals", "artifacts", "budgets", "decisions", "events", "issues", "outbox", "stalls",
            "timeline", "tokens", "turns",
        ]
        .flatMap { report in ["table", "json", "jsonl", "csv"].map { ["query", report, "--format", $0] } }
        + [
            ["status"], ["status", "--json"], ["issue", "list"], ["issue", "list", "--json"], ["issue", "show", "1"],
            ["issue", "show", "1", "--json"], ["explain", "1"], ["explain", "2"], ["explain", "1", "--json"],
            ["agent", "list"], ["approvals"], ["follow", "--no-wait", "--since-seq", "0"],
            ["follow", "--no-wait", "--since-seq", "0", "--format", "jsonl"], ["wip"],
            ["query", "sql", "SELECT prompt, error, report_summary FROM report_turns"],
            [
                "query", "sql", "SELECT prompt, '\(nasty.replacing("'", with: ""))' AS \"\(nasty)\" FROM report_turns",
                "--format", "csv",
            ],
            ["issue", "new", nasty], ["issue", "label", "1", "--add", nasty], ["send", nasty, "x"], [nasty],
            ["query", "events", "--status", nasty], ["--\(nasty)"], ["artifact", "cat", nasty],
            ["issue", "show", nasty],
        ]

    @Test func `what issues, agents and people write never reaches a terminal raw`() async throws {
        let nasty = Self.nasty
        let scenario = ScriptedScenario([
            .worker("Nasty work") { request in
                switch request.position {
                // A command's text and output, a commit's subject, a file's name.
                case 0: .exec("printf '%s\\n' '\(nasty)'; touch 'a\u{1B}[31mfile'")
                case 1:
                    .exec("git add -A && git commit --quiet -m 'Subject \(nasty)'; echo untracked > 'b\u{1B}]0;x\u{7}'")
                default:
                    ModelResponse([
                        .reasoning("I think \(nasty)"),
                        .message("### Summary\nDone \(nasty)\n\n\(nasty)\n\nStatus: done"),
                    ])
                }
            },
            .worker("Nasty failure") { _ in
                .failure(.failed(code: "invalid_prompt", message: "It failed: \(nasty)"))
            },
            .orchestrator { request in
                guard request.lastUserText.contains("AGENT_UPDATE") else { return .message("Nothing: \(nasty)") }
                let text = JSONValue.string(nasty).canonicalText
                return .message(
                    """
                    Decided \(nasty)
                    ```control
                    {"status":{"issue":1,"text":\(text)}}
                    {"send":{"to":\(text),"task":\(text)}}
                    {"close":{"agent":"iss-1","outcome":"done"}}
                    {"\u{1B}[31mverb":{"a":\(text)}}
                    ```
                    """
                )
            },
        ])
        try await withStage(scenario) { stage, _ in
            let body = try stage.directory.write("body.md", "## Goal\n\(nasty)\n## Acceptance\n- [ ] \(nasty)\n")
            try await stage.did("issue", "new", "Nasty work", "--body-file", body, "--queue")
            try await stage.did("issue", "new", "Nasty failure", "--body-file", body, "--queue")
            try await stage.did("issue", "comment", "1", "--body", nasty)
            try stage.startDaemon("--autopilot-on")
            try await stage.until(issue: 1, "done")
            try await stage.until(issue: 2, "stalled")
            try await stage.did("pause", nasty)
            let artifacts = try await stage.query("artifacts").compactMap { $0["id"]?.stringValue }
            #expect(!artifacts.isEmpty)
            let looks = artifacts.flatMap { [["artifact", "show", $0], ["artifact", "cat", $0]] }
            for words in Self.commands + looks {
                let said = try await stage.onTerminal(words)
                #expect(said.obeyed() == nil, "\(words): \(said.obeyed() ?? "")")
                #expect(said.code < 128, "\(words): \(said)")
            }
            // The same with colours, which are orch's own.
            for words in [["issue", "show", "1"], ["query", "timeline"], ["follow", "--no-wait"], ["status"]] {
                let said = try await stage.onTerminal(words, environment: ["NO_COLOR": "", "TERM": "xterm-256color"])
                #expect(said.obeyed(allowingColours: true) == nil, "\(words): \(said.obeyed() ?? "")")
            }
            // The daemon's own log, which is on a terminal, too.
            let log = Said(output: stage.words(), errors: "", code: 0)
            #expect(log.obeyed() == nil, "\(log.obeyed() ?? "")")
            // Into a file, a report is what was said, byte by byte.
            let report = try #require(
                try stage.value("SELECT report FROM turn WHERE kind = 'task' AND report IS NOT NULL", as: String.self)
            )
            let raw = try await stage.did("artifact", "cat", report)
            #expect(raw.contains(nasty))
        }
    }

    @Test func `the daemon's log in JSON is whole lines of JSON, whatever happens`() async throws {
        let scenario = ScriptedScenario([.worker("Logged", [.message("### Summary\n\(Self.nasty)\n\nStatus: done")])])
        try await withStage(scenario) { stage, _ in
            try await stage.file("Logged")
            try stage.startDaemon("--no-orchestrator", "--log-format", "json")
            try await stage.until(issue: 1, "done")
            _ = try await stage.stopDaemon()
            let lines = stage.words().split(separator: "\n")
            #expect(lines.count > 10)
            for line in lines {
                let entry = try JSONValue(parsing: line)
                for key in ["at", "level", "message"] { #expect(entry[key]?.stringValue != nil, "\(line)") }
            }
            #expect(!stage.words().contains("\u{1B}"))
        }
    }

    @Test(arguments: [false, true])
    func `bytes that are no UTF-8 are repaired and said; NUL and more than 10 MiB are refused`(withDaemon: Bool)
        async throws
    {
        try await withStage(ScriptedScenario([])) { stage, _ in
            if withDaemon {
                try stage.startDaemon("--no-orchestrator")
                try await stage.until("the hub runs", "SELECT count(*) FROM hub WHERE state = 'running'")
            }
            func file(_ name: String, _ bytes: Data) throws -> String {
                try bytes.write(to: URL(filePath: stage.directory.file(name)))
                return stage.directory.file(name)
            }
            let broken = try file(
                "broken",
                Data("caf\u{E9} ".utf8) + [0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80] + Data(" end".utf8)
            )
            let repaired = try await stage.orch("issue", "new", "Broken", "--body-file", broken)
            #expect(repaired.code == 0 && repaired.errors.contains("not valid UTF-8"), "\(repaired)")
            let body = try stage.value("SELECT body FROM issue WHERE number = 1", as: String.self)
            #expect(body?.hasPrefix("caf\u{E9} \u{FFFD}") == true && body?.hasSuffix(" end") == true, "\(body ?? "")")

            try await stage.orch("issue", "new", "Zero", "--body-file", file("zero", Data([0x61, 0x00])))
                .expectRefusal(65, "NUL byte at offset 1")
            let most = try file("most", Data(repeating: UInt8(ascii: "x"), count: 10 << 20))
            let over = try file("over", Data(repeating: UInt8(ascii: "x"), count: 10 << 20 + 1))
            for words in [["new", "Over"], ["edit", "1"], ["comment", "1"]] {
                let said = try await stage.run(stage.orch, ["issue"] + words + ["--body-file", over])
                said.expectRefusal(65, over, "more than 10 MiB")
            }
            let large = try await stage.orch("issue", "new", "Large", "--body-file", most)
            #expect(large.code == 0 && large.output == "#2\n", "\(large)")
            #expect(try stage.value("SELECT length(body) FROM issue WHERE number = 2") == 10 << 20)
            #expect(try stage.value("SELECT count(*) FROM issue") == 2)
            #expect(try stage.value("SELECT count(*) FROM issue_comment") == 0)
        }
    }

    @Test func `an issue that is longer than Codex takes is handed over cut, and says so`() async throws {
        try await withStage(ScriptedScenario([])) { stage, model in
            let text = String(repeating: "0123456789abcde\n", count: (2 << 20) / 16)
            let path = try stage.directory.write("long", text + "The end of it.")
            try await stage.did("issue", "new", "Longer than Codex takes", "--body-file", path, "--queue")
            try await stage.file("Short")
            try stage.startDaemon("--no-orchestrator")
            for issue in 1...2 { try await stage.until(issue: issue, "done") }
            let told = try #require(model.log.kept.first { $0.mentions("Longer than Codex takes") }).lastUserText
            #expect(told.contains("[cut here: the text has \(text.utf8.count + 14) bytes") && told.utf8.count < 1 << 20)
            #expect(try stage.value("SELECT body LIKE '%The end of it.' FROM issue WHERE number = 1") == 1)
        }
    }
}
