import Hub
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Settings
import Testing

/// App-servers that are to go, and repositories that moved, in virtual time.
@Suite(.serialized)
struct ServerSimulation {
    private static let done = "### Summary\nWorked.\n\n### Next Actions\nNone\n\nStatus: done"

    private func makeWorld(issues: Int = 1, commands: Int = 30) throws -> World {
        let world = try World(seed: 11) { isOrchestrator, _, _ in isOrchestrator ? (0, "Seen.") : (commands, Self.done)
        }
        world.settings.orchestrator = false
        world.startHub()
        for number in 1...issues { try file(number, world) }
        return world
    }

    private func file(_ number: Int, _ world: World) throws {
        try world.command(
            "issue.new",
            ["title": .string("Task \(number)"), "labels": ["orchestrate", "agent:queued"], "author": "me"]
        )
    }

    private func untilWorking(_ world: World) throws {
        while try world.store.db.scalar("SELECT count(*) FROM item WHERE kind = 'command'") as Int? == 0 {
            try world.tick(100)
        }
    }

    private func count(_ sql: String, _ world: World) throws -> Int {
        try world.store.db.scalar("SELECT count(*) FROM " + sql) ?? -1
    }

    @Test(arguments: [5, 100])
    func `A server that takes nothing new costs no attempt, and is replaced when its turns are over or its time is`(
        commands: Int
    ) throws {
        let world = try makeWorld(commands: commands)
        try untilWorking(world)
        world.codex.isDraining = true
        try file(2, world)
        try world.run(for: 40_000)
        #expect(try count("issue WHERE number = 2 AND attempts > 0", world) == 0)
        try world.runUntilQuiet(limit: 30_000_000)
        #expect(try count("issue WHERE phase = 'done'", world) == 2)
        #expect(try count("app_server", world) == 2)
        #expect(try count("event WHERE kind = 'app_server.leaving'", world) == 1)
        // Only a turn that outlasted the server's time was cut off, and then gone on with.
        #expect(try count("turn WHERE status = 'interrupted'", world) == (commands == 100 ? 1 : 0))
    }

    @Test func `Changed settings of codex wait until the turns are over, and hold for the next one`() throws {
        let world = try makeWorld()
        try untilWorking(world)
        world.killHub()
        world.fingerprint = "f2"
        world.startHub()
        try file(2, world)
        try world.run(for: 5_000)
        #expect(try count("app_server WHERE state = 'running'", world) == 1)
        #expect(
            try count("turn WHERE agent IN (SELECT id FROM agent WHERE issue = 2) AND status <> 'queued'", world) == 0
        )
        try world.runUntilQuiet(limit: 3_000_000)
        #expect(try count("issue WHERE phase = 'done'", world) == 2)
        #expect(try count("turn WHERE status = 'interrupted'", world) == 0)
        #expect(
            try world.store.db.query("SELECT fingerprint FROM app_server ORDER BY id") { try $0.get(0) as String }
                == ["f1", "f2"]
        )
    }

    @Test func `Stopping all waits for the turns, and leaves no server`() throws {
        let world = try makeWorld()
        try untilWorking(world)
        try world.command("hub.stop", ["all": true])
        try world.run(for: 2_000)
        #expect(!world.hasStopped)
        try world.run(for: 900_000)
        #expect(world.hasStopped)
        #expect(try count("app_server WHERE state <> 'ended'", world) == 0)
        #expect(try count("turn WHERE status = 'interrupted'", world) == 0)
        world.startHub()
        try world.runUntilQuiet(limit: 3_000_000)
        #expect(try count("issue WHERE phase = 'done'", world) == 1)
    }

    @Test func `A database from another repository uses no server and no worktree of that one`() throws {
        let world = try makeWorld()
        try untilWorking(world)
        world.killHub()
        world.repository = "/copy"
        world.socket = "/s2"
        world.startHub()
        try world.runUntilQuiet(limit: 3_000_000)
        #expect(try count("app_server WHERE reason LIKE '%came from%'", world) == 1)
        #expect(try count("outbox WHERE kind = 'app_server.end'", world) == 0)
        #expect(try count("agent WHERE worktree LIKE '/repo/%'", world) == 0)
        #expect(try count("issue WHERE phase = 'done' AND worktree LIKE '/copy/%'", world) == 1)
        #expect(try count("turn WHERE kind = 'continue' AND prompt LIKE '%it was at /repo%'", world) == 1)
    }

    @Test func `I6: short turns are charged for what they took`() throws {
        let world = try makeWorld(commands: 1)
        try world.runUntilQuiet(limit: 600_000)
        let worked: Int? = try world.store.db.scalar("SELECT worked_ms FROM turn WHERE kind = 'task'")
        let took: Int? = try world.store.db.scalar("SELECT ended_at_ms - started_at_ms FROM turn WHERE kind = 'task'")
        #expect(abs(try #require(worked) - (try #require(took))) <= 600, "\(worked ?? 0) of \(took ?? 0) ms")
        #expect(
            try world.store.db.scalar(
                "SELECT worked_ms FROM budget JOIN agent ON agent.id = budget.agent WHERE role = 'sub'"
            ) == worked
        )
    }

    @Test func `An agent whose only turn a person interrupted is told of, and in the end handed to a person`() throws {
        let world = try World(seed: 12) { isOrchestrator, _, _ in isOrchestrator ? (0, "Seen.") : (50, Self.done) }
        world.startHub()
        try file(1, world)
        try untilWorking(world)
        try world.command("agent.interrupt", ["agent": "iss-1"])
        try world.run(for: 60_000)
        #expect(
            try count("digest_entry WHERE kind = 'AGENT_UPDATE' AND data LIKE '%interrupted by a person%'", world) == 1
        )
        try world.run(for: 2_500_000, step: 5_000)
        #expect(try world.store.db.scalar("SELECT phase FROM issue") == "stalled")
    }
}
