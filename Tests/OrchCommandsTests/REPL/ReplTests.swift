import OrchCore
import OrchStore
import OrchTestSupport
import Testing

@testable import OrchCommands

/// A session at the prompt, from its lines to what it says.
@Suite struct ReplTests {
    private func session(_ console: Console, _ lines: String...) async -> Console.Result {
        await console.run(["repl"], input: Array((lines.joined(separator: "\n") + "\n").utf8))
    }

    @Test func `a person does everything at one prompt`() async throws {
        let repository = try await TestRepository.make()
        let console = Console(directory: repository.path)
        _ = await console.run("init", "--no-workflow")
        let result = await session(
            console,
            ":new Don't panic",
            ":comment 1 it's urgent",
            ":issue 1",
            ":wip 7",
            ":pause for lunch",
            ":status",
            ":quit",
            ":wip 9"
        )
        #expect(result.status == 0, "\(result.err)")
        #expect(result.out.contains("#1 Don't panic"))
        #expect(result.out.contains("it's urgent"))
        #expect(result.out.contains("paused: for lunch"))
        #expect(result.err.contains(repository.path))
        #expect(result.err.contains("main  "))
        #expect(result.err.contains("No daemon runs"))
        #expect(await console.run("status", "--json").json?["wip"]?["limit"] == 7)
    }

    @Test func `a line without a colon goes to the orchestrator, and waits without a daemon`() async throws {
        let repository = try await TestRepository.make()
        let console = Console(directory: repository.path)
        _ = await console.run("init", "--no-workflow")
        let result = await session(console, "Plan the work, don't wait", ":send analyst - begin with the top ten")
        #expect(result.status == 0)
        #expect(result.err.contains("it will be done when `orch daemon` starts"))
        let db = try Store.open(OrchFolder(repository: repository.path), role: .readOnly, nowMs: 1)
        let payloads = try HubTables(db).commands.pending(limit: 9).map(\.payload)
        #expect(payloads.first == #"{"task":"Plan the work, don't wait","to":"orchestrator"}"#)
    }

    @Test func `a script whose lines fail ends with an error, and does the others`() async throws {
        let repository = try await TestRepository.make()
        let console = Console(directory: repository.path)
        _ = await console.run("init", "--no-workflow")
        let result = await session(console, ":frobnicate", ":issue 9", "", ":new One", ":status --no-such-flag")
        #expect(result.status == 1)
        #expect(result.err.contains("Error: there is no :frobnicate"))
        #expect(result.err.contains("Error: there is no issue #9"))
        #expect(result.err.contains("3 of 4 lines were not done"))
        #expect(await console.run("issue", "list", "--json").json?.arrayValue?.count == 1)
        try repository.write("session.txt", ":new Two\n")
        #expect(await console.run("repl", "--script", "session.txt").status == 0)
        #expect(await console.run("issue", "list", "--json").json?.arrayValue?.count == 2)
        #expect(await console.run("repl", "--script", "nowhere.txt").status == 66)
    }

    @Test func `what happens is shown between the lines, with the orchestrator's words`() async throws {
        let store = try TestStore.onDisk()
        let console = Console(directory: try #require(store.directory).path)
        let context = console.context()
        let agent = try store.rows.agent("iss-1")
        let boss = try store.rows.agent("orchestrator", role: .orchestrator)
        var feed = try ReplFeed(store.db, context.output)
        #expect(try feed.next() == [])
        func append(_ kind: String, _ agent: AgentRecord?, _ data: [String: JSONValue] = [:]) throws {
            try store.tables.events.append(kind, agent: agent?.id, data, nowMs: 5)
        }
        let report = try store.tables.artifacts.put(Array("I sent\n\u{1B}[2Jtwo".utf8), nowMs: 1)
        try append("turn.running", agent)
        try append("tokens", agent)
        try append("item.agent_message", agent, ["text": "hello"])
        try append("turn.completed", boss, ["report": .string(report)])
        try store.tables.stderrLines.append(source: "app-server", line: "warn", nowMs: 1)
        let lines = try feed.next()
        #expect(lines.count == 4)
        #expect(lines[0].contains("iss-1") && lines[0].contains("turn.running"))
        #expect(lines[1].contains("turn.completed") && lines[1].contains(String(report.prefix(12))))
        #expect(lines[2...] == ["  │ I sent", "  │ ␛[2Jtwo"])

        try feed.follow("iss-1")
        try append("item.agent_message", agent, ["text": "hello"])
        try append("turn.running", boss)
        #expect(try feed.next().count == 1)
        try feed.follow("app")
        try store.tables.stderrLines.append(source: "app-server", line: "ERROR it ends", nowMs: 1)
        #expect(try feed.next().first?.hasSuffix("  ERROR it ends") == true)
        try feed.follow("orch")
        try append("hub.pause", nil)
        try append("turn.running", boss)
        #expect(try feed.next().count == 1)
        try feed.follow(nil)
        feed.isOn = false
        try append("turn.running", agent)
        #expect(try feed.next() == [])
        #expect(throws: CommandError.self) { try feed.follow("nobody") }

        feed.isOn = true
        try append("turn.running", agent)
        try feed.skip()
        try append("gate", nil)
        #expect(try feed.next() == [])
    }

    @Test func `a brief puts an issue's text before the orchestrator`() async throws {
        let repository = try await TestRepository.make()
        let console = Console(directory: repository.path)
        _ = await console.run("init", "--no-workflow")
        _ = await console.run("issue", "new", "Greet", "--body", "Say hello")
        let result = await session(console, ":issue-prompt 1")
        #expect(result.status == 0, "\(result.err)")
        #expect(result.out.contains("#1 Greet"))
        let db = try Store.open(OrchFolder(repository: repository.path), role: .readOnly, nowMs: 1)
        #expect(
            try HubTables(db).commands.pending(limit: 1).first?.payload.contains(#"Issue #1: Greet\n\nSay hello"#)
                == true
        )
    }

    @Test func `a terminal has a prompt and a greeting, and the end of input ends it`() async throws {
        let repository = try await TestRepository.make()
        var console = Console(directory: repository.path)
        _ = await console.run("init", "--no-workflow")
        console.isTerminal = true
        let result = await console.run([], input: Array(":wip\n".utf8), typed: true)
        #expect(result.status == 0)
        #expect(result.err.contains(":help lists the commands"))
        #expect(result.out.hasPrefix("\r\u{1B}[Jorch> :wip\n0 of 3 places taken.\n"))
        #expect(result.out.hasSuffix("orch> \n"))
    }

    @Test func `without a hub there is nothing to talk to`() async throws {
        let repository = try await TestRepository.make()
        var console = Console(directory: repository.path)
        #expect(await console.run("repl").status == 66)
        console.isTerminal = true
        let help = await console.run([], typed: true)
        #expect(help.out.contains("USAGE: orch <command> [options]"))
    }

    @Test func `the help lists every command`() async throws {
        let store = try TestStore.onDisk()
        let console = Console(directory: try #require(store.directory).path)
        let result = await session(console, ":help", ":help wip")
        #expect(result.out.contains("  :spawn             NAME TASK: start an agent\n"))
        #expect(result.out.contains(":explain"))
        #expect(result.out.contains("USAGE: orch wip"))
    }
}
