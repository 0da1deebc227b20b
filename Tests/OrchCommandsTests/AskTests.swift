import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

@testable import OrchCommands

/// Commands that only read, against a real database.
@Suite struct AskTests {
    private let store: TestStore
    private let console: Console

    init() throws {
        store = try TestStore.onDisk()
        console = Console(directory: try #require(store.directory).path, nowMs: TestStore.startMs + 60_000)
    }

    @Test func `issue list shows open issues, and has the keys that scripts rely on`() async throws {
        let first = try store.rows.issue("Add a greeting", phase: .queued)
        try store.tables.issues.setBlockers(first, [7], source: "body")
        _ = try store.tables.issues.want(first, label: "orchestrate", true)
        let closed = try store.rows.issue("Old")
        try store.tables.issues.setOpen(closed, false, nowMs: TestStore.startMs)

        let table = await console.run("issue", "list")
        #expect(table.status == 0)
        #expect(table.out.contains("Add a greeting"))
        #expect(!table.out.contains("Old"))

        let issue = try #require(await console.run("issue", "list", "--json").json?[0])
        #expect(issue["number"] == 1)
        #expect(issue["labels"] == ["orchestrate"])
        #expect(issue["blocked_by"] == [7])
        for key in ["title", "phase", "agent", "branch", "worktree"] { #expect(issue[key] != nil, "\(key)") }

        #expect(await console.run("issue", "list", "--all", "--json").json?.arrayValue?.count == 2)
        #expect(await console.run("issue", "list", "--label", "no-such", "--json").out == "[]\n")
        #expect(await console.run("issue", "list", "--phase", "stalled").out == "")
    }

    @Test func `issue show prints the charter, and never an escape sequence`() async throws {
        let number = try store.rows.issue(
            "Evil \u{1B}[31mtitle",
            body: "## Goal\nGreet \u{9B}31m.\n## Acceptance\n- [x] one\n- [ ] two\n"
        )
        try store.tables.issues.comment(
            number,
            author: "orch",
            body: "a\u{1B}]0;x\u{7}b",
            marker: nil,
            nowMs: TestStore.startMs
        )
        let sheet = await console.run("issue", "show", "#1")
        #expect(sheet.status == 0)
        #expect(
            !sheet.out.unicodeScalars.contains { ($0.value < 0x20 && $0 != "\n") || (0x80...0x9F).contains($0.value) }
        )
        #expect(sheet.out.hasPrefix("#1 Evil ␛[31mtitle\n"))
        #expect(sheet.out.contains("Acceptance\n  [x] one\n  [ ] two\n"))
        #expect(sheet.out.contains("Comments (1)"))

        let json = try #require(await console.run("issue", "show", "1", "--json").json)
        #expect(json["title"] == "Evil \u{1B}[31mtitle")
        #expect(json["charter"]?["acceptance"]?[0]?["done"] == true)
        #expect(json["comments"]?[0]?["author"] == "orch")
    }

    @Test func `what is not there is exit code 66`() async throws {
        #expect(await console.run("issue", "show", "9").status == 66)
        #expect(await console.run("explain", "9").status == 66)
        #expect(await console.run("query", "turns", "--agent", "nobody").status == 66)
        #expect(await console.run("artifact", "cat", "abcd").status == 66)
    }

    @Test func `status tells a killed daemon from a stopped one`() async throws {
        #expect(await console.run("status").out.hasPrefix("hub         never started"))
        _ = try store.tables.hub.start(
            pid: 1,
            host: "here",
            version: "0",
            repository: "/r",
            baseBranch: "main",
            settings: "{}",
            nowMs: TestStore.startMs
        )
        try store.rows.agent("iss-1")
        let killed = await console.run("status")
        #expect(killed.out.contains("hub         killed (pid 1 on here, orch 0)"))
        #expect(killed.out.contains("1 of 3 places taken: iss-1 idle"))
        let json = try #require(await console.run("status", "--json").json)
        #expect(json["daemon"]?["state"] == "killed")
        #expect(json["wip"] == ["used": 1, "limit": 3])

        let folder = try #require(store.folder)
        let lock = try HubLock(folder, holder: .current(.daemon, version: "0", nowMs: 0))
        #expect(await console.run("status", "--json").json?["daemon"]?["state"] == "running")
        withExtendedLifetime(lock) {}
    }

    @Test func `explain lists the gates with what would change them`() async throws {
        let number = try store.rows.issue("Later", phase: .queued)
        let gates = [
            GateResult(.open, pass: true, detail: "the issue is open"),
            GateResult(.blockers, pass: false, detail: "blocked by #7", change: "#7 done or closed"),
        ]
        _ = try store.tables.issues.storeGates(number, gates, nowMs: TestStore.startMs)
        let text = await console.run("explain", "1")
        #expect(text.out.contains("gate `blockers` holds it, blocked by #7"))
        #expect(text.out.contains("blockers  no"))
        #expect(await console.run("explain", "1", "--json").json?["gates"]?[1]?["change"] == "#7 done or closed")
    }

    @Test func `follow shows each event once, and can be taken up where it ended`() async throws {
        try store.db.write {
            for number in 1...1_200 {
                try store.tables.events.append(
                    "turn.started",
                    ["number": .integer(Int64(number))],
                    nowMs: TestStore.startMs
                )
            }
        }
        let all = await console.run("follow", "--no-wait", "--since-seq", "0")
        #expect(all.out.split(separator: "\n").count == 1_200)
        let rest = await console.run("follow", "--no-wait", "--since-seq", "1199", "--format", "jsonl")
        #expect(rest.json?["seq"] == 1200)
        #expect(rest.json?["data"]?["number"] == 1200)
        #expect(await console.run("follow", "--no-wait", "--backlog", "3").out.split(separator: "\n").count == 3)
        #expect(await console.run("follow", "--no-wait", "--kind", "agent").out == "")
    }

    @Test func `artifact cat prints exactly the bytes, and makes them safe for a terminal`() async throws {
        let bytes = Array("report \u{1B}[2J\n".utf8) + [0xFF, 0x00]
        let id = try store.tables.artifacts.put(bytes, nowMs: TestStore.startMs)
        #expect(await console.run("artifact", "cat", String(id.prefix(8))).bytes == bytes)
        var terminal = console
        terminal.isTerminal = true
        #expect(await terminal.run("artifact", "cat", id).out == "report ␛[2J\n\u{FFFD}␀")
        let shown = await console.run("artifact", "show", id)
        #expect(shown.out.hasPrefix(id))
        #expect(shown.out.contains("14 B"))
        #expect(await console.run("artifact", "show", id, "--json").json?["size"] == 14)
    }

    @Test func `reports come in every format`() async throws {
        try store.rows.agent("iss-1")
        let agent = try #require(await console.run("query", "agents", "--format", "json").json?[0])
        for key in ["name", "issue", "state", "thread", "worked_ms", "budget_ms", "tokens"] {
            #expect(agent[key] != nil, "\(key)")
        }
        #expect(await console.run("query", "agents", "--format", "jsonl").json?["name"] == "iss-1")
        #expect(await console.run("query", "agents", "--format", "csv").out.contains("iss-1"))
        #expect(await console.run("query", "agents").out.contains("iss-1"))
        #expect(await console.run("query", "agents", "--until", "2020-01-01").out == "")
    }

    @Test func `sql reads the views and nothing else`() async throws {
        try store.rows.issue("One")
        #expect(
            await console.run("query", "sql", "SELECT title FROM report_issues", "--json").json == [["title": "One"]]
        )
        for sql in [
            "DELETE FROM issue", "SELECT * FROM issue", "PRAGMA user_version", "ATTACH 'x' AS y", "SELECT 1; SELECT 2",
        ] {
            #expect(await console.run("query", "sql", sql).status == 64, "\(sql)")
        }
    }

    @Test func `approvals that wait are listed`() async throws {
        let agent = try store.rows.agent("iss-1")
        try store.rows.approval(agent)
        let table = await console.run("approvals")
        #expect(table.out.contains("run ls"))
        #expect(await console.run("approvals", "--json").json?[0]?["status"] == "pending")
    }

    @Test func `an export can be imported once`() async throws {
        try store.rows.issue("One")
        let directory = try #require(store.directory)
        let exported = await console.run("export", "--out", directory.file("out"))
        #expect(exported.status == 0)
        let other = try TemporaryDirectory()
        try other.folder(".orch")
        let there = Console(directory: other.path)
        #expect(await there.run("import", "--from", directory.file("out")).status == 0)
        #expect(await there.run("issue", "list", "--json").json?[0]?["title"] == "One")
        #expect(await there.run("import", "--from", directory.file("out")).status == 73)
        #expect(await console.run("export", "--out", directory.file("out")).status == 73)
    }

    @Test func `wip without a number shows who takes the places`() async throws {
        try store.rows.agent("iss-1")
        let shown = await console.run("wip")
        #expect(shown.out.hasPrefix("1 of 3 places taken.\n"))
        #expect(shown.out.contains("iss-1"))
    }
}
