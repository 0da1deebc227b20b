import Foundation
import ModelServer
import OrchStore
import SQLite
import Testing

/// kill -9 of the daemon, of the app-server, or of both, at random instants, with the real codex.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct SurvivalTests {
    enum Victim: CaseIterable { case daemon, appServer, both }

    /// SplitMix64: the same instants for the same seed.
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    /// Six runs of the demo's workload with 15 kills each: 90 in all, 30 of each kind.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `I3 I4 I6 I7: every issue ends as without the kills`(seed: UInt64) async throws {
        let scenario = DemoScenario(commandPause: .milliseconds(150))
        try await withStage(scenario, pace: .demo, settings: "wip: 2, debounce: 500ms") { stage, _ in
            try await survive(stage, seed: seed)
        }
    }

    private func survive(_ stage: Stage, seed: UInt64) async throws {
        var random = Seeded(state: seed)
        var victims = Victim.allCases.flatMap { Array(repeating: $0, count: 5) }.shuffled(using: &random)
        try await stage.fileIssues()
        try stage.startDaemon("--autopilot-on")
        while let victim = victims.popLast() {
            try await Task.sleep(for: .milliseconds(Int.random(in: 50...1_500, using: &random)))
            if victim != .appServer { stage.killDaemon() }
            if victim != .daemon { _ = try stage.killAppServer() }
            guard victim != .appServer else { continue }
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...400, using: &random)))
            try stage.startDaemon("--autopilot-on")
        }
        try await waitForEnd(stage, seed: seed)
        let code = try await stage.stopDaemon()
        #expect(code == 0, "seed \(seed)")
        try await check(stage, seed: seed)
    }

    /// Waits until all issues have ended, and nothing is on its way.
    private func waitForEnd(_ stage: Stage, seed: UInt64) async throws {
        try await stage.until(
            "all issues ended, seed \(seed)",
            """
            SELECT (SELECT count(*) FROM issue WHERE phase NOT IN ('done', 'review'))
                + (SELECT count(*) FROM outbox WHERE status IN ('pending', 'performing'))
                + (SELECT count(*) FROM turn WHERE status IN ('queued', 'submitting', 'running')) = 0
            """,
            limit: .seconds(120)
        )
    }

    private func check(_ stage: Stage, seed: UInt64) async throws {
        let db = try stage.open()
        let note = Comment("seed \(seed)")
        #expect(
            try db.query("SELECT phase FROM issue ORDER BY number") { try $0.get(0) as String } == [
                "done", "done", "done", "review",
            ],
            note
        )
        for branch in try db.query("SELECT branch FROM issue ORDER BY number", map: { try $0.get(0) as String }) {
            let commits = try await stage.git("rev-list", "--count", "main..\(branch)")
            #expect(commits == "1\n", "\(branch), seed \(seed)")
        }
        let tip = try await stage.git("rev-parse", "main")
        let root = try await stage.git("rev-list", "--max-parents=0", "main")
        #expect(tip == root, note)
        let twice = try stage.deliveries().filter { $0.value > 1 }
        #expect(twice.isEmpty, "submitted twice: \(twice), seed \(seed)")
        #expect(
            try db.scalar(
                """
                SELECT count(*) FROM turn JOIN agent ON agent.id = turn.agent
                WHERE agent.role = 'sub' AND turn.status = 'completed'
                    AND (SELECT count(*) FROM artifact_use u WHERE u.turn = turn.id AND u.kind = 'report') <> 1
                """
            ) == 0,
            "each report is stored once, seed \(seed)"
        )
        #expect(
            try db.scalar("SELECT max(n) FROM (SELECT count(*) AS n FROM agent WHERE role = 'sub' GROUP BY issue)")
                == 1,
            note
        )
        #expect(
            try db.scalar(
                """
                SELECT count(*) FROM budget JOIN agent ON agent.id = budget.agent
                WHERE worked_ms > coalesce(closed_at_ms, last_event_ms) - created_at_ms + 1000
                """
            ) == 0,
            "no budget is more than the agent's life, seed \(seed)"
        )
        #expect(try db.scalar("PRAGMA integrity_check") == "ok", note)
    }
}
