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

    @Test func `explain asks the rules, of any issue, with or without a daemon`() async throws {
        let blocker = try store.rows.issue("First", phase: .queued)
        let number = try store.rows.issue("Later", phase: .queued)
        _ = try store.tables.issues.want(number, label: "orchestrate", true)
        try store.tables.issues.setBlockers(number, [blocker, 99], source: "body")
        let text = await console.run("explain", "2")
        #expect(
            text.out.hasPrefix(
                "#2 is queued: gate `blockers` holds it, blocked by #1, #99; there is no #99; what would change it: #1 done"
            )
        )
        #expect(text.out.contains("; and no daemon runs\n\ngate"))
        #expect(text.out.contains("blockers      no"))
        let json = try #require(await console.run("explain", "2", "--json").json)
        #expect(json["gates"]?[3]?["gate"] == "blockers")
        #expect(json["daemon_running"] == false)
        let plain = try store.rows.issue("Plain")
        #expect(
            await console.run("explain", "\(plain)").out.hasPrefix(
                "#3 is not handed to the hub; what would change it: add the label `orchestrate`"
            )
        )
        try store.tables.issues.setOpen(plain, false, nowMs: TestStore.startMs)
        #expect(await console.run("explain", "\(plain)").out.hasPrefix("#3 is closed; what would change it"))
    }

    @Test func `status looks whether the app-server is there, and does not believe its row`() async throws {
        let id = try store.tables.appServers.create(mode: "socket", token: "t", socket: "/s", nowMs: TestStore.startMs)
        try store.tables.appServers.setRunning(id, pid: 4_194_305, startTime: 1, bootID: "x", version: "0.163.0")
        let gone = await console.run("status")
        #expect(gone.out.contains("app-server 0.163.0 gone (socket, pid 4194305)"))
        #expect(await console.run("status", "--json").json?["app_server"]?["state"] == "gone")
    }

    @Test func `status names who waits for a person, and blockers that no time takes away`() async throws {
        let one = try store.rows.issue("One", phase: .running)
        let two = try store.rows.issue("Two", phase: .queued)
        let agent = try store.rows.agent("iss-1", issue: one)
        try store.tables.agents.setPhase(agent.id, .parked, reason: "no rollout found", nowMs: TestStore.startMs)
        try store.tables.issues.setBlockers(one, [two], source: "body")
        try store.tables.issues.setBlockers(two, [one, 99], source: "body")
        let sheet = await console.run("status").out
        #expect(
            sheet.contains(
                "needs you   iss-1, #1 parked: no rollout found (orch issue retry 1, or orch agent close iss-1)\n"
            )
        )
        #expect(
            sheet.contains(
                """
                blockers    #1 → #2 → #1 wait for each other: waiting will not help
                            #2 waits for #99, and there is no #99

                """
            )
        )
        let json = try #require(await console.run("status", "--json").json)
        #expect(json["stalls"]?[0]?["why"] == "no rollout found")
        #expect(json["blocker_problems"]?.arrayValue?.count == 2)
    }

    @Test func `status says when WORKFLOW.md is wrong, until it is right`() async throws {
        try store.tables.events.append("hub.started", nowMs: 1)
        try store.tables.events.append("settings.invalid", ["message": "orch.wip: -1 is too low"], nowMs: 2)
        #expect(
            await console.run("status").out.contains(
                "settings    WORKFLOW.md is wrong, and the settings before hold: orch.wip: -1 is too low\n"
            )
        )
        #expect(await console.run("status", "--json").json?["settings_problem"] == "orch.wip: -1 is too low")
        try store.tables.events.append("settings.valid", nowMs: 3)
        #expect(await console.run("status").out.contains("settings") == false)
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

    @Test func `follow leaves out gates that open, unless they are asked for`() async throws {
        try store.tables.events.append("gate", ["gate": "blockers", "pass": true], nowMs: 1)
        try store.tables.events.append("gate", ["gate": "blockers", "pass": false, "detail": "by #2"], nowMs: 2)
        let lines = await console.run("follow", "--no-wait").out.split(separator: "\n")
        #expect(lines.count == 1)
        #expect(lines.first?.contains("by #2") == true)
        #expect(await console.run("follow", "--no-wait", "--kind", "gate").out.split(separator: "\n").count == 2)
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
        let none = await console.run("query", "agents", "--until", "2020-01-01")
        #expect(none.out == "")
        #expect(none.err == "No agents match.\n")
        #expect(await console.run("query", "stalls").err == "Nobody is stalled.\n")
        #expect(await console.run("query", "stalls", "--json").err == "")
        #expect(await console.run("issue", "list", "--label", "none").err == "No issues match.\n")
    }

    @Test func `a table is fitted to the width that was asked for, also without a terminal`() async throws {
        let title = String(repeating: "long ", count: 30)
        try store.rows.issue(title)
        #expect(await console.run("query", "issues").out.contains(title.dropLast()))
        var narrow = console
        narrow.columns = 40
        for line in await narrow.run("query", "issues").out.split(separator: "\n") { #expect(line.count <= 40) }
    }

    @Test func `what the app-server wrote can be read`() async throws {
        for number in 1...40 {
            try store.tables.stderrLines.append(source: "app-server", line: "line \(number)", nowMs: 1)
        }
        #expect(await console.run("stderr").out.split(separator: "\n").count == 31)
        #expect(await console.run("stderr", "coder", "2").out.split(separator: "\n").last?.hasSuffix("line 40") == true)
        #expect(await console.run("stderr", "2", "--json").json?.arrayValue?.count == 2)
        #expect(await console.run("query", "stderr", "--limit", "1", "--format", "jsonl").json?["line"] == "line 40")
        for wrong in [["stderr", "0"], ["stderr", "a", "b"], ["stderr", "1", "2", "3"]] {
            #expect(await console.run(wrong).status == 64)
        }
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

    @Test func `an answer of sql is cut at the limit, and that is told`() async throws {
        for number in 1...3 { try store.rows.issue("Issue \(number)") }
        let cut = await console.run("query", "sql", "SELECT number FROM report_issues", "--limit", "2", "--json")
        #expect(cut.json?.arrayValue?.count == 2)
        #expect(cut.err == "Note: there are more than these 2 rows.\n")
        #expect(await console.run("query", "sql", "SELECT 1 FROM report_turns").err == "No rows.\n")
        #expect(await console.run("query", "sql", "SELECT 1", "--limit", "1s").status == 64)
    }

    @Test func `approvals that wait are shown whole, however narrow the terminal`() async throws {
        let agent = try store.rows.agent("iss-1")
        let command = "touch " + String(repeating: "/very/long", count: 30) + " \u{1B}[2J"
        let id = try store.rows.approval(agent, kind: "command", summary: command)
        var narrow = console
        narrow.width = 40
        narrow.isTerminal = true
        let shown = await narrow.run("approvals")
        #expect(shown.out.contains(command.replacing("\u{1B}", with: "␛")))
        #expect(shown.out.contains("orch approve \(id)   or   orch deny \(id)"))
        #expect(shown.out.hasPrefix("\(id)  iss-1 (#1) asks to run a command"))
        let whole = await narrow.run("approvals", "\(id)")
        #expect(whole.out.contains("request  {"))
        #expect(await narrow.run("approvals", "77").status == 66)
        #expect(await console.run("approvals", "--format", "table").out.hasPrefix("id  status"))
        #expect(await console.run("approvals", "--json").json?[0]?["status"] == "pending")
        let approved = await console.run("approve", "\(id)", "--wait", "0s", "--reason", "- it is fine")
        #expect(approved.err.contains("no daemon is running"))
        _ = try store.tables.approvals.decide(id, .denied, by: "ann", reason: "no", nowMs: 1)
        let none = await console.run("approvals")
        #expect(none.out == "" && none.err == "Nothing waits for an answer.\n")
        #expect(await console.run("approvals", "\(id)").out.contains("by       ann: no"))
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
