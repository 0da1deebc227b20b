import Hub
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Settings
import Testing

/// What the hub makes of the orchestrator's words, of people's commands and of limits, in virtual time.
@Suite(.serialized)
struct DecisionSimulation {
    private static let done = "### Summary\nWorked.\n\n### Next Actions\nNone\n\nStatus: done"

    private func makeWorld(
        autopilot: Bool = true,
        orchestrator: Bool = true,
        issues: Int = 1,
        model: @escaping (Bool, String, [String]) -> (commands: Int, message: String)
    ) throws -> World {
        let world = try World(seed: 1, model: model)
        world.settings.wip = 2
        world.settings.autopilot = autopilot
        world.settings.orchestrator = orchestrator
        world.startHub()
        for number in 1...issues {
            try world.command(
                "issue.new",
                ["title": .string("Task \(number)"), "labels": ["orchestrate", "agent:queued"], "author": "me"]
            )
        }
        return world
    }

    private func block(_ json: String) -> String { "Decided.\n\n```control\n\(json)\n```" }

    private func decisions(_ world: World) throws -> [String] {
        try world.store.db.query("SELECT verb || ' ' || status FROM decision ORDER BY id") { try $0.get(0) }
    }

    @Test func `With autopilot off decisions are recorded as suppressed, and the orchestrator is told once`() throws {
        let world = try makeWorld(autopilot: false) { isOrchestrator, _, _ in
            isOrchestrator
                ? (0, block("{\"status\":{\"text\":\"a\"}}\n{\"close\":{\"agent\":\"iss-1\"}}")) : (1, Self.done)
        }
        try world.run(for: 120_000)
        let found = try decisions(world)
        #expect(found.prefix(2) == ["status suppressed", "close suppressed"])
        #expect(Set(found.map { $0.split(separator: " ")[1] }) == ["suppressed"])
        #expect(try world.store.db.scalar("SELECT count(*) FROM digest_entry WHERE kind = 'SUPPRESSED'") == 1)
        #expect(try world.store.db.scalar("SELECT count(*) FROM agent WHERE role = 'sub' AND phase = 'ready'") == 1)
    }

    @Test(arguments: [
        ("{\"send\":{\"to\":\"nobody\",\"task\":\"x\"}}", "there is no live agent nobody; live: orchestrator, iss-1"),
        ("{\"fetch\":{\"artifact\":\"abcdef\",\"max_chars\":10}}", "abcdef"),
        ("{\"exec\":{\"argv\":[\"git\",\"log\"]}}", "exec needs dangerous mode and autopilot, both on"),
        ("{\"dance\":{}}", "dance"), ("{\"close\":", ""),
        ("{\"spawn\":{\"name\":\"x\",\"task\":\"y\",\"issue\":99}}", "there is no issue #99"),
    ])
    func `What is invalid is refused, and the reason goes back in the next digest`(words: String, reason: String) throws
    {
        let world = try makeWorld { isOrchestrator, text, history in
            guard isOrchestrator else { return (1, Self.done) }
            return (0, history.isEmpty ? block(words) : "Seen.")
        }
        try world.run(for: 120_000)
        #expect(try world.store.db.scalar("SELECT status FROM decision ORDER BY id LIMIT 1") == "refused")
        let told: String? = try world.store.db.scalar("SELECT data FROM digest_entry WHERE kind = 'REFUSED'")
        #expect(try #require(told).contains(reason))
        #expect(
            try world.store.db.scalar("SELECT count(*) FROM turn WHERE kind = 'digest' AND prompt LIKE '%REFUSED%'")
                == 1
        )
    }

    @Test func `A spawn beyond the WIP limit is refused`() throws {
        let world = try makeWorld(issues: 2) { isOrchestrator, _, history in
            guard isOrchestrator else { return (1, Self.done) }
            return (0, history.isEmpty ? block("{\"spawn\":{\"name\":\"helper\",\"task\":\"help\"}}") : "Seen.")
        }
        try world.run(for: 60_000)
        #expect(try world.store.db.scalar("SELECT reason FROM decision") == "WIP full: 2 of 2 places are taken")
        #expect(world.mostAgents == 2)
    }

    @Test func `Spawning an existing name hands the task to it`() throws {
        let world = try makeWorld { isOrchestrator, text, history in
            guard isOrchestrator else { return (1, Self.done) }
            return (0, history.isEmpty ? block("{\"spawn\":{\"name\":\"ISS-1\",\"task\":\"more\"}}") : "Seen.")
        }
        try world.run(for: 120_000)
        #expect(try world.store.db.scalar("SELECT count(*) FROM agent WHERE role = 'sub'") == 1)
        #expect(
            try world.store.db.scalar(
                "SELECT count(*) FROM turn WHERE kind = 'send' AND prompt = 'more' AND status = 'completed'"
            ) == 1
        )
    }

    @Test func `Without an orchestrator agents run to completion by policy`() throws {
        let world = try makeWorld(orchestrator: false, issues: 3) { _, _, history in
            (1, history.contains { $0.contains("Status: continue") } ? Self.done : "Half.\n\nStatus: continue")
        }
        try world.runUntilQuiet(limit: 600_000)
        #expect(try world.store.db.scalar("SELECT count(*) FROM issue WHERE phase = 'done'") == 3)
        #expect(try world.store.db.scalar("SELECT count(*) FROM agent WHERE role = 'orchestrator'") == 0)
    }

    @Test func `I6: a budget is asked to be wrapped up, and then closed`() throws {
        let world = try World(seed: 3) { isOrchestrator, _, _ in isOrchestrator ? (0, "Seen.") : (200, Self.done) }
        world.settings.budgetMs = 60_000
        world.startHub()
        try world.command("issue.new", ["title": "Long", "labels": ["orchestrate", "agent:queued"], "author": "me"])
        try world.run(for: 1_200_000)
        #expect(try world.store.db.scalar("SELECT outcome FROM agent WHERE role = 'sub'") == "budget")
        #expect(try world.store.db.scalar("SELECT count(*) FROM turn WHERE kind = 'wrap_up'") == 1)
        #expect(try world.store.db.scalar("SELECT phase FROM issue") == "stalled")
    }

    @Test func `An agent that is closed while its message is on its way does not work on`() throws {
        let world = try makeWorld { isOrchestrator, _, _ in isOrchestrator ? (0, "Seen.") : (50, Self.done) }
        while try world.store.db.scalar("SELECT count(*) FROM turn WHERE status = 'submitting'") as Int? == 0 {
            try world.tick(10)
        }
        try world.command("agent.close", ["agent": "iss-1", "outcome": "cancelled"])
        try world.run(for: 60_000)
        #expect(try world.store.db.scalar("SELECT status FROM turn WHERE kind = 'task'") == "interrupted")
        #expect(world.codex.threads.values.allSatisfy { $0.turns.allSatisfy { $0.status != "inProgress" } })
    }

    @Test func `A command that can't be done is refused with a reason, and the others are done`() throws {
        let world = try makeWorld { isOrchestrator, _, _ in isOrchestrator ? (0, "Seen.") : (1, Self.done) }
        try world.command("agent.send", ["to": "nobody", "task": "x"])
        try world.command("hub.wip", ["limit": -1])
        try world.command("nonsense", [:])
        try world.command("hub.wip", ["limit": 5])
        try world.run(for: 1_000)
        #expect(
            try world.store.db.query("SELECT status FROM command ORDER BY id") { try $0.get(0) as String }.suffix(4)
                == ["refused", "refused", "refused", "done"]
        )
        #expect(try world.tables.hub.get().wip == 5)
    }

    @Test func `A cycle of blockers is reported, and not waited for in silence`() throws {
        let world = try World(seed: 4) { _, _, _ in (0, Self.done) }
        world.startHub()
        for (number, other) in [(1, 2), (2, 1)] {
            try world.command(
                "issue.new",
                [
                    "title": .string("\(number)"), "body": .string("Blocked by: #\(other)"),
                    "labels": ["orchestrate", "agent:queued"],
                ]
            )
        }
        try world.run(for: 5_000)
        let details: [String] = try world.store.db.query(
            "SELECT detail FROM gate WHERE gate = 'blockers' ORDER BY issue"
        ) { try $0.get(0) }
        #expect(details.allSatisfy { $0.contains("cycle") })
        #expect(details.count == 2)
    }

    @Test func `Labels follow the phase, and removing agent:running stops the agent`() throws {
        let world = try makeWorld { isOrchestrator, _, _ in isOrchestrator ? (0, "Seen.") : (50, Self.done) }
        try world.run(for: 10_000)
        #expect(try world.tables.issues.labels(1) == ["agent:running", "orchestrate"])
        #expect(try world.tables.issues.observedLabels(1) == ["agent:running", "orchestrate"])
        try world.command("issue.label", ["number": 1, "remove": ["agent:running"]])
        try world.run(for: 10_000)
        #expect(try world.store.db.scalar("SELECT phase FROM agent WHERE role = 'sub'") == "resting")
        #expect(try world.tables.agents.wipUsed() == 0)
        #expect(try world.tables.issues.labels(1) == ["orchestrate"])
        #expect(world.codex.threads.values.allSatisfy { $0.turns.allSatisfy { $0.status != "inProgress" } })
    }

    @Test(arguments: [false, true])
    func `Who adds agent:queued again has the stopped agent go on, in the same conversation`(isKilled: Bool) throws {
        let world = try makeWorld(orchestrator: false) { _, text, _ in
            (text.contains("interrupted") || text.contains("cut off") ? 1 : 50, Self.done)
        }
        try world.run(for: 10_000)
        try world.command("issue.label", ["number": 1, "remove": ["agent:running"]])
        try world.run(for: 5_000)
        if isKilled {
            world.killHub()
            world.killServer()
            world.startHub()
            try world.run(for: 5_000)
        }
        try world.command("issue.label", ["number": 1, "add": ["agent:queued"]])
        try world.runUntilQuiet(limit: 2_000_000)
        #expect(try world.tables.issues.labels(1) == ["agent:done", "orchestrate"])
        #expect(try world.store.db.scalar("SELECT count(*) FROM agent WHERE role = 'sub'") == 1)
        #expect(try world.store.db.scalar("SELECT count(*) FROM conversation") == 1)
    }

    @Test func `I7: a stopped agent is only let go on when there is a place`() throws {
        let world = try makeWorld(issues: 3) { isOrchestrator, _, _ in isOrchestrator ? (0, "Seen.") : (50, Self.done) }
        try world.run(for: 10_000)
        try world.command("issue.label", ["number": 1, "remove": ["agent:running"]])
        try world.run(for: 10_000)  // the third takes its place
        try world.command("issue.label", ["number": 1, "add": ["agent:queued"]])
        try world.command("agent.send", ["to": "iss-1", "task": "go on"])
        try world.run(for: 5_000)
        #expect(try world.tables.agents.wipUsed() == 2)
        #expect(try world.tables.issues.require(1).phase == .queued)
        #expect(
            try world.store.db.scalar("SELECT error FROM command ORDER BY id DESC LIMIT 1")
                == "WIP full: 2 of 2 places are taken"
        )
    }
}

extension DecisionSimulation {
    @Test
    func `A turn that takes longer than its limit is cut off, tried again a few times, and then handed to a person`()
        throws
    {
        let world = try World(seed: 7) { isOrchestrator, _, _ in isOrchestrator ? (0, "Seen.") : (400, "Status: done") }
        world.settings.turnLimitMs = 60_000
        world.settings.maxAttempts = 2
        world.startHub()
        try world.command(
            "issue.new",
            ["title": "Endless", "labels": ["orchestrate", "agent:queued"], "author": "me"]
        )
        try world.run(for: 900_000)
        #expect(try world.store.db.scalar("SELECT count(*) FROM event WHERE kind = 'turn.limit'") == 3)
        #expect(try world.store.db.scalar("SELECT phase FROM agent WHERE role = 'sub'") == "parked")
        let reason: String? = try world.store.db.scalar("SELECT reason FROM agent WHERE role = 'sub'")
        #expect(reason == "its turns failed 3 times in a row: the turn took longer than 1m")
    }

    @Test func `What a person switched stays over a restart, unless the settings change`() throws {
        let world = try World(seed: 8) { _, _, _ in (0, "Seen.") }
        world.startHub()
        try world.command("hub.wip", ["limit": 7])
        try world.command("hub.autopilot", ["on": true])
        try world.run(for: 1_000)
        world.killHub()
        world.startHub()
        try world.run(for: 1_000)
        #expect(try world.tables.hub.get().wip == 7)
        #expect(try world.tables.hub.get().autopilot)
        world.killHub()
        world.settings.wip = 2
        world.startHub()
        try world.run(for: 1_000)
        #expect(try world.tables.hub.get().wip == 2)
    }

    @Test func `The orchestrator's tokens have a limit, too`() throws {
        let world = try World(seed: 9) { isOrchestrator, _, _ in isOrchestrator ? (0, "Seen.") : (1, "Status: continue")
        }
        world.settings.orchestratorTokens = 1_000
        world.startHub()
        for number in 1...3 {
            try world.command(
                "issue.new",
                ["title": .string("\(number)"), "labels": ["orchestrate", "agent:queued"], "author": "me"]
            )
        }
        try world.run(for: 300_000)
        #expect(try world.store.db.scalar("SELECT phase FROM agent WHERE role = 'orchestrator'") == "parked")
        #expect(
            try world.store.db.scalar("SELECT count(*) FROM turn WHERE kind = 'digest' AND status = 'completed'") == 1
        )
    }

    @Test(arguments: [(answers: true, stalls: 0), (answers: false, stalls: 1)])
    func `A busy agent is called stalled once when it leaves its nudges unanswered, and never when it answers`(
        answers: Bool,
        stalls: Int
    ) throws {
        let world = try World(seed: 5) { isOrchestrator, _, _ in isOrchestrator ? (0, "Seen.") : (100, Self.done) }
        if answers { world.codex.answerToSteers = "Next: the tests. Nothing blocks me." }
        world.settings.checkinMs = 60_000
        world.startHub()
        try world.command("issue.new", ["title": "Long", "labels": ["orchestrate", "agent:queued"], "author": "me"])
        try world.run(for: 900_000)
        #expect(try world.store.db.scalar("SELECT count(*) FROM event WHERE kind = 'agent.nudged'") ?? 0 >= 2)
        #expect(try world.store.db.scalar("SELECT count(*) FROM event WHERE kind = 'agent.stalled'") == stalls)
        #expect(
            try world.store.db.scalar("SELECT count(*) > 0 FROM digest_entry WHERE kind = 'CHECKIN'")
                == (answers ? 1 : 0)
        )
    }

    @Test func `A stop that no daemon came to does not stop the next one`() throws {
        let world = try World(seed: 6) { _, _, _ in (0, "Seen.") }
        world.startHub()
        world.killHub()
        try world.command("hub.stop", [:])
        world.startHub()
        try world.command("hub.ping", [:])
        try world.run(for: 1_000)
        #expect(try world.store.db.scalar("SELECT status FROM command WHERE kind = 'hub.stop'") == "refused")
        #expect(try world.store.db.scalar("SELECT status FROM command WHERE kind = 'hub.ping'") == "done")
    }

    @Test func `A message that Codex would not take is refused, and a comment is cut`() throws {
        let world = try makeWorld { isOrchestrator, _, _ in isOrchestrator ? (0, "Seen.") : (50, Self.done) }
        try world.run(for: 5_000)
        let long = String(repeating: "é", count: 600_000)
        try world.command("agent.send", ["to": "iss-1", "task": .string(long)])
        try world.command("issue.comment", ["number": 1, "author": "me", "body": .string(long)])
        try world.run(for: 5_000)
        let error: String? = try world.store.db.scalar("SELECT error FROM command WHERE kind = 'agent.send'")
        #expect(try #require(error).contains("400000 bytes"))
        let size: Int? = try world.store.db.scalar(
            "SELECT max(length(CAST(prompt AS BLOB))) FROM turn WHERE kind = 'send'"
        )
        #expect((400_000...401_000).contains(try #require(size)))
    }
}
