import OrchCore
import OrchStore
import OrchTestSupport
import Testing

@testable import OrchCommands

/// Commands that change something, without a daemon: some are done at once, others wait, others are refused.
@Suite struct ActTests {
    @Test func `an issue goes through its life without a daemon`() async throws {
        let directory = try await TestRepository.make()
        let console = Console(directory: directory.path)
        let body = "## Goal\nGreet.\n## Acceptance\n- [ ] it greets\n"
        let new = await console.run("issue", "new", "  Add a greeting ", "--queue", "--label", "bug", "--body", body)
        #expect(new.status == 0, "\(new.err)")
        #expect(new.out == "#1\n")
        #expect(await console.run("issue", "new", "Another", "--json").json?["number"] == 2)

        let issue = try #require(await console.run("issue", "show", "1", "--json").json)
        #expect(issue["title"] == "Add a greeting")
        #expect(issue["author"] == "tester")
        #expect(issue["phase"] == "queued")
        #expect(issue["labels"] == ["agent:queued", "bug", "orchestrate"])
        #expect(issue["charter"]?["goal"] == "Greet.")

        #expect(await console.run("issue", "edit", "1", "--title", "Greet").status == 0)
        #expect(await console.run("issue", "comment", "1", "--body-file", "-", input: Array("Why?".utf8)).status == 0)
        let label = await console.run("issue", "label", "#1", "--add", "blocked-by:#2", "--remove", "bug")
        #expect(label.status == 0)
        #expect(label.err.contains("blocked-by:#2"))
        let changed = try #require(await console.run("issue", "show", "1", "--json").json)
        #expect(changed["title"] == "Greet")
        #expect(changed["comments"]?[0]?["body"] == "Why?")
        #expect(changed["blocked_by"] == [2])

        #expect(await console.run("issue", "close", "1").status == 0)
        #expect(await console.run("issue", "show", "1", "--json").json?["state"] == "closed")
        #expect(await console.run("issue", "reopen", "1").status == 0)
        #expect(await console.run("issue", "show", "1", "--json").json?["state"] == "open")
    }

    @Test func `the hub's switches can be set without a daemon`() async throws {
        let directory = try await TestRepository.make()
        let console = Console(directory: directory.path)
        _ = await console.run("init")
        #expect(await console.run("pause", "the", "weekend").status == 0)
        #expect(await console.run("wip", "7").status == 0)
        #expect(await console.run("autopilot", "on").status == 0)
        let status = try #require(await console.run("status", "--json").json)
        #expect(status["paused"] == true)
        #expect(status["paused_reason"] == "the weekend")
        #expect(status["wip"]?["limit"] == 7)
        #expect(status["autopilot"] == true)
        #expect(await console.run("resume").status == 0)
        #expect(await console.run("status").out.contains("paused") == false)
    }

    @Test func `what only a daemon can do waits for one, and is told`() async throws {
        let directory = try await TestRepository.make()
        let console = Console(directory: directory.path)
        _ = await console.run("init")
        let spawn = await console.run("agent", "spawn", "Analyst", "Audit", "it")
        #expect(spawn.status == 0)
        #expect(spawn.out.isEmpty)
        #expect(spawn.err.contains("no daemon is running"))
        // The agent may be there by the time that its message is executed.
        #expect(await console.run("send", "analyst", "And", "hurry").status == 0)
        #expect(await console.run("status", "--json").json?["waiting"]?["commands"] == 2)
        #expect(await console.run("stop").status == 69)
        let all = await console.run("stop", "--all")
        #expect(all.status == 69)
        #expect(all.err.contains("nothing runs"))
    }

    @Test func `a new issue tells of blockers that no time takes away`() async throws {
        let directory = try await TestRepository.make()
        let console = Console(directory: directory.path)
        let first = await console.run("issue", "new", "One", "--body", "Blocked by: #2")
        #expect(first.out == "#1\n")
        #expect(first.err.contains("Note: #1 waits for #2, and there is no #2.\n"))
        let second = await console.run("issue", "new", "Two", "--body", "- item\n\nBlocked by: #1")
        #expect(second.out == "#2\n")
        #expect(second.err.contains("#2 → #1 → #2 wait for each other") || second.err.contains("#1 → #2 → #1 wait"))
        let edit = await console.run("issue", "edit", "2", "--body", "- item")
        #expect(!edit.err.contains("wait for each other"))
        #expect(await console.run("issue", "show", "2").out.contains("\nText\n  - item\n"))
        #expect(await console.run("issue", "label", "1", "--add", "blocked-by:#7").err.contains("there is no #7"))
    }

    @Test func `a name that is not there is exit code 66, with those that are`() async throws {
        let store = try TestStore.onDisk()
        let console = Console(directory: try #require(store.directory).path)
        try store.rows.agent("iss-7")
        #expect(await console.run("issue", "close", "9").status == 66)
        #expect(await console.run("issue", "comment", "9", "x").status == 66)
        #expect(await console.run("agent", "spawn", "a", "x", "--issue", "9").status == 66)
        #expect(await console.run("approve", "9").status == 66)
        let send = await console.run("agent", "send", "nobody", "x")
        #expect(send.status == 66)
        #expect(send.err.contains("alive: iss-7"))
    }

    @Test func `a text that is too long or no text is refused, and nothing is filed`() async throws {
        let directory = try await TestRepository.make()
        let console = Console(directory: directory.path)
        _ = await console.run("init")
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: TextChecks.bodyLimit + 1)
        #expect(await console.run("issue", "new", "Long", "--body-file", "-", input: long).status == 65)
        #expect(await console.run("issue", "new", "Binary", "--body-file", "-", input: [0x61, 0]).status == 65)
        #expect(await console.run("issue", "new", "No file", "--body-file", "nowhere.md").status == 66)
        #expect(await console.run("issue", "new", "Bad label", "--label", "checkin:soon").status == 64)
        #expect(await console.run("issue", "list", "--json").out == "[]\n")
        let most = Array(long.dropLast())
        #expect(await console.run("issue", "new", "Most", "--body-file", "-", input: most).status == 0)
        #expect(
            await console.run("issue", "show", "1", "--json").json?["body"]?.stringValue?.utf8.count == most.count
        )
    }
}
