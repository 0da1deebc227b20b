import Hub
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Settings
import Testing

/// The demo's workload in virtual time, with kills: after them every issue ends as it does without.
///
/// One at a time, since it computes all the time, and other tests wait for real processes meanwhile.
@Suite(.serialized)
struct SurvivalSimulation {
    /// Issue 3 of each three reports in two steps; the orchestrator closes what is done, and lets the rest go on.
    private static func reply(isOrchestrator: Bool, text: String, history: [String]) -> (commands: Int, message: String)
    {
        guard isOrchestrator else {
            let isFirst = !history.contains { $0.contains("Status:") }
            let status = text.contains("two steps") && isFirst ? "continue" : "done"
            return (3, "### Summary\nWorked.\n\n### Next Actions\nNone\n\nStatus: \(status)")
        }
        var blocks: [String] = []
        for line in text.split(separator: "\n")
        where line.contains("\"AGENT_UPDATE\"") || line.contains("\"IDLE\"") || line.contains("\"STALLED\"") {
            guard let event = try? JSONValue(parsing: line), let agent = event["agent"]?.stringValue else { continue }
            if event["status"]?.stringValue == "done" {
                blocks.append("{\"close\":{\"agent\":\"\(agent)\"}}")
            } else {
                blocks.append("{\"send\":{\"to\":\"\(agent)\",\"task\":\"go on\"}}")
            }
        }
        return (0, "Decided.\n\n```control\n\(blocks.joined(separator: "\n"))\n```")
    }

    private func makeWorld(seed: UInt64, issues: Int) throws -> World {
        let world = try World(seed: seed, model: Self.reply)
        world.settings.wip = 2
        world.settings.autopilot = true
        world.settings.maxContinuations = 50  // kills come faster here than steps end
        world.startHub()
        for number in 1...issues {
            try world.command(
                "issue.new",
                [
                    "title": .string("Task \(number)\(number % 3 == 0 ? " in two steps" : "")"),
                    "body": .string(number == 2 ? "Blocked by: #1" : "## Goal\nDo it"),
                    "labels": ["orchestrate", "agent:queued"], "author": "me",
                ]
            )
        }
        return world
    }

    private func phases(_ world: World) throws -> [IssuePhase] {
        try world.tables.issues.openIssues().map(\.phase)
    }

    private func check(_ world: World, _ comment: Comment) throws {
        #expect(world.faults == [], comment)
        #expect(world.mostAgents <= 2, comment)  // I7
        let written = world.codex.threads.values.flatMap { $0.turns.flatMap { $0.items.compactMap(\.clientID) } }
        #expect(written.count == Set(written).count, "a message was submitted twice: \(comment)")  // I4
        let db = world.store.db
        #expect(
            try db.scalar(
                "SELECT count(*) FROM (SELECT turn FROM artifact_use WHERE kind = 'report' GROUP BY turn HAVING count(*) > 1)"
            ) == 0,
            comment
        )
        #expect(
            try db.scalar(
                """
                SELECT count(*) FROM turn JOIN agent ON agent.id = turn.agent
                WHERE agent.role = 'sub' AND turn.status = 'completed' AND turn.report IS NULL
                """
            ) == 0,
            comment
        )
        #expect(try db.scalar("SELECT count(*) FROM outbox WHERE status IN ('pending', 'performing')") == 0, comment)
        #expect(try db.scalar("SELECT count(*) FROM issue_label WHERE wanted <> observed") == 0, comment)
        #expect(try db.scalar("SELECT count(*) FROM turn WHERE status IN ('queued', 'submitting')") == 0, comment)
    }

    @Test func `Without kills every issue is done`() throws {
        let world = try makeWorld(seed: 1, issues: 4)
        try world.runUntilQuiet(limit: 3_600_000)
        #expect(try phases(world) == [.done, .done, .done, .done])
        try check(world, "no kills")
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `I3 I4 I7: kills of hub and server at random instants lose and repeat nothing`(seed: UInt64) throws {
        let world = try makeWorld(seed: seed, issues: 5)
        var random = SeededGenerator(seed: seed &+ 1_000)
        for _ in 0..<12 {
            try world.run(for: Int64.random(in: 100...25_000, using: &random))
            switch Int.random(in: 0..<3, using: &random) {
            case 0: world.killHub()
            case 1: world.killServer()
            default:
                world.killHub()
                world.killServer()
            }
            try world.run(for: Int64.random(in: 0...5_000, using: &random))
            world.startHub()
        }
        try world.runUntilQuiet(limit: 3_600_000)
        #expect(try phases(world) == [.done, .done, .done, .done, .done], "seed \(seed)")
        try check(world, "seed \(seed)")
    }

    @Test func `An idle day costs no tokens and starts no turn`() throws {
        let world = try makeWorld(seed: 5, issues: 3)
        try world.run(for: 600_000)
        let turns: Int? = try world.store.db.scalar("SELECT count(*) FROM turn")
        let tokens: Int? = try world.store.db.scalar("SELECT sum(tokens) FROM budget")
        try world.run(for: 86_400_000, step: 5_000)
        #expect(try world.store.db.scalar("SELECT count(*) FROM turn") == turns)
        #expect(try world.store.db.scalar("SELECT sum(tokens) FROM budget") == tokens)
    }

    @Test func `I6: neither downtime nor a suspend is charged`() throws {
        let world = try makeWorld(seed: 9, issues: 1)
        try world.run(for: 4_000)
        world.killHub()
        try world.run(for: 3_600_000, step: 60_000)
        world.startHub()
        try world.run(for: 1_000)
        world.suspend(3_600_000)
        try world.run(for: 600_000)
        #expect(try phases(world) == [.done])
        let worked: Int64? = try world.store.db.scalar("SELECT sum(worked_ms) FROM budget")
        #expect(try #require(worked) < 120_000)
    }
}
