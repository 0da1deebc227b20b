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

    /// What a run's kills hit.
    private struct Toll {
        /// Kills of each kind: processes that ran, and were killed by us.
        var kills: [Victim: Int] = [:]
        /// Those of them in the middle of a turn.
        var inTurn = 0
        /// Daemons that were killed after they had begun their epoch.
        var begun = 0
        /// When no daemon ran, by the wall clock, in milliseconds.
        var downs: [ClosedRange<Int64>] = []
    }

    private static let killsOfEach = 5

    /// Six runs of the demo's workload with 15 kills each: 90 in all, 30 of each kind.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `I3 I4 I6 I7: every issue ends as without the kills`(seed: UInt64) async throws {
        let scenario = DemoScenario(commandPause: .milliseconds(150))
        // What is cut off again and again without progress is left to a person: here it is known who does it.
        let settings = "wip: 2, debounce: 500ms, max_continuations: 100"
        try await withStage(scenario, pace: .demo, settings: settings) { stage, _ in
            try await survive(stage, seed: seed)
        }
    }

    private func survive(_ stage: Stage, seed: UInt64) async throws {
        var random = Seeded(state: seed)
        var victims = Victim.allCases.flatMap { Array(repeating: $0, count: Self.killsOfEach) }
        victims.shuffle(using: &random)
        var toll = Toll()
        try await stage.fileIssues()
        try stage.startDaemon("--autopilot-on")
        for victim in victims {
            try await waitForEvents(Int.random(in: 1...30, using: &random), stage)
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...80, using: &random)))
            try await kill(victim, stage, &toll)
            guard victim != .appServer else { continue }
            let down = Self.nowMs()
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...400, using: &random)))
            toll.downs.append(down...Self.nowMs())
            try stage.startDaemon("--autopilot-on")
        }
        let note = Comment("seed \(seed)")
        for victim in Victim.allCases { #expect(toll.kills[victim] == Self.killsOfEach, "\(victim), seed \(seed)") }
        #expect(toll.inTurn >= Self.killsOfEach, note)
        try await waitForEnd(stage, seed: seed)
        let code = try await stage.stopDaemon()
        #expect(code == 0, note)
        try checkRecords(stage, toll, seed: seed)
        try await check(stage, seed: seed)
        print("survival, seed \(seed): \(toll.inTurn) of \(victims.count) kills in the middle of a turn")
    }

    /// Waits until so many things more have happened, or nothing more will: the instants don't depend on how fast the machine is.
    private func waitForEvents(_ count: Int, _ stage: Stage) async throws {
        var first: Int?
        try await stage.until("\(count) more events") {
            do {
                let last = try stage.value("SELECT max(seq) FROM event", as: Int.self) ?? 0
                if first == nil { first = last }
                if last >= (first ?? 0) + count { return true }
                return try stage.value("SELECT count(*) = 0 FROM issue WHERE phase NOT IN ('done', 'review')") == 1
            } catch let error as StoreError where error.code == .noDatabase { return false }
        }
    }

    /// Kills what is to be killed, as soon as it runs, and counts it.
    private func kill(_ victim: Victim, _ stage: Stage, _ toll: inout Toll) async throws {
        if victim != .daemon {
            // Between two app-servers, and before the first, there is none.
            try await stage.until("an app-server runs") { try stage.appServer() != nil }
        }
        toll.inTurn +=
            try stage.value("SELECT count(*) > 0 FROM turn WHERE status IN ('submitting', 'running')", as: Int.self)
            ?? 0
        if victim != .appServer, let pid = stage.daemon?.pid {
            toll.begun += try stage.value("SELECT count(*) FROM hub WHERE state = 'running' AND pid = \(pid)") ?? 0
            try #require(stage.killDaemon(), "the daemon had ended by itself")
        }
        if victim != .daemon { try #require(try stage.killAppServer(), "the app-server had ended by itself") }
        toll.kills[victim, default: 0] += 1
    }

    private static func nowMs() -> Int64 {
        Int64(Date().timeIntervalSince1970 * 1_000)
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

    /// Each kill stands in the database, and no budget holds any of the time in which no daemon ran.
    private func checkRecords(_ stage: Stage, _ toll: Toll, seed: UInt64) throws {
        let db = try stage.open()
        let note = Comment("seed \(seed)")
        let unclean: Int? = try db.scalar(
            "SELECT count(*) FROM event WHERE kind = 'hub.started' AND data ->> 'clean' = 0"
        )
        #expect((toll.begun...2 * Self.killsOfEach).contains(unclean ?? 0), note)
        let ended: Int? = try db.scalar("SELECT count(*) FROM app_server WHERE state = 'ended'")
        #expect(ended ?? 0 >= 2 * Self.killsOfEach, note)
        struct Life {
            var name: String
            var span: ClosedRange<Int64>
            var workedMs: Int64
            var turns: Int64
        }
        let lives = try db.query(
            """
            SELECT name, created_at_ms, coalesce(closed_at_ms, last_event_ms), worked_ms,
                (SELECT count(*) FROM turn WHERE turn.agent = agent.id)
            FROM agent JOIN budget ON budget.agent = agent.id
            """
        ) {
            let begin: Int64 = try $0.get(1)
            return Life(
                name: try $0.get(0),
                span: begin...max(begin, try $0.get(2)),
                workedMs: try $0.get(3),
                turns: try $0.get(4)
            )
        }
        for life in lives {
            let down = toll.downs.filter { $0.overlaps(life.span) }.map { $0.clamped(to: life.span) }
                .reduce(0) { $0 + $1.upperBound - $1.lowerBound }
            // A charge counts from the last one on, which may be half a second before the turn began.
            let most = life.span.upperBound - life.span.lowerBound - down + 500 * (life.turns + 1)
            #expect(life.workedMs <= most, "\(life), down for \(down) ms, seed \(seed)")
        }
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
        let agents = try db.query("SELECT name, outcome, reason FROM agent WHERE role = 'sub' ORDER BY id") {
            [try $0.get(0), try $0.get(1), try $0.get(2)] as [String?]
        }
        #expect(agents.count == 4, "each issue had one agent, seed \(seed): \(agents)")
        #expect(try db.scalar("PRAGMA integrity_check") == "ok", note)
    }
}
