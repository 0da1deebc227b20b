import Foundation
import Glibc
import ModelServer
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Synchronization
import Testing

/// A model that is out of use, busy or silent, with the real codex.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct ModelFailureTests {
    @Test func `a usage limit holds the queue in sight of all until it resets, and is no failed attempt`() async throws
    {
        let resetsAt = Mutex<Int64>(0)
        let scenario = ScriptedScenario([
            .worker("First") { _ in
                let now = Int64(Date().timeIntervalSince1970)
                let reset = resetsAt.withLock { reset in
                    if reset == 0 { reset = now + 4 }
                    return reset
                }
                return now < reset ? .failure(.usageLimit(resetsAt: reset)) : .done
            }
        ])
        try await withStage(scenario, settings: "wip: 1, debounce: 200ms") { stage, model in
            try await stage.file("First")
            try await stage.file("Second")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until("the queue is held", "SELECT count(*) FROM hub WHERE quota_until_ms IS NOT NULL")
            let until = try #require(try stage.value("SELECT quota_until_ms FROM hub", as: Int64.self))
            #expect(until == resetsAt.withLock { $0 } * 1_000)
            let status = try await stage.did("status")
            #expect(status.contains("usage limit until"), "\(status)")
            let why = try await stage.did("explain", "2")
            #expect(why.contains("usage limit is reached until"), "\(why)")
            // The hold outlives the daemon.
            stage.killDaemon()
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(issue: 2, "done")
            #expect(model.log.requests == 3, "nothing was asked of the model while the limit held")
            #expect(try stage.value("SELECT phase FROM issue WHERE number = 1") == "done")
            #expect(try stage.value("SELECT max(attempts) FROM issue") == 0)
            #expect(try stage.value("SELECT max(failures) FROM agent") == 0)
            #expect(try stage.value("SELECT min(started_at_ms) >= \(until) FROM turn WHERE kind = 'continue'") == 1)
            #expect(try stage.value("SELECT count(*) FROM event WHERE kind = 'hub.quota_over'") == 1)
        }
    }

    @Test func `errors that pass are tried again, and the work gets done`() async throws {
        // Codex itself tries again after a 500; what it gives up, the hub continues after a pause.
        let scenario = ScriptedScenario([
            .fail(.serverError, when: "First", ordinals: 0..<2),
            .fail(.incomplete(reason: "max_output_tokens"), when: "Second", ordinals: 0..<1),
        ])
        let settings = Stage.settings + ", retry_base: 100ms, retry_cap: 200ms"
        try await withStage(scenario, settings: settings) { stage, _ in
            try await stage.file("First")
            try await stage.file("Second")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(issue: 1, "done")
            try await stage.until(issue: 2, "done")
            #expect(
                try stage.value("SELECT count(*) FROM turn WHERE agent = (SELECT id FROM agent WHERE issue = 1)") == 1
            )
            let turns = try stage.open().query(
                "SELECT status FROM turn WHERE agent = (SELECT id FROM agent WHERE issue = 2) ORDER BY seq",
                map: { try $0.get(0) as String }
            )
            #expect(turns == ["failed", "completed"])
            #expect(try stage.value("SELECT max(attempts) FROM issue") == 0)
        }
    }

    @Test func `errors that do not pass end in a stall with the reason`() async throws {
        let scenario = ScriptedScenario([.fail(.incomplete(reason: "max_output_tokens"), when: nil)])
        let settings = Stage.settings + ", retry_base: 50ms, retry_cap: 100ms, max_attempts: 2"
        try await withStage(scenario, settings: settings) { stage, _ in
            try await stage.file("Never")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(issue: 1, "stalled")
            let stall = try #require(try await stage.query("stalls").first)
            #expect(stall["why"]?.stringValue?.contains("max_output_tokens") == true, "\(stall)")
            #expect(stall["failures"]?.intValue == 3, "\(stall)")
            #expect(stall["continuations"]?.intValue == 2, "\(stall)")
        }
    }

    @Test func `a model that falls silent is called stalled: who, since when, why, and what was tried`() async throws {
        let scenario = ScriptedScenario([
            .fail(.silence(limit: .seconds(120)), when: nil)
        ])
        let settings = Stage.settings + ", stale: 2s, checkin: 1s, nudges: 1"
        try await withStage(scenario, settings: settings) { stage, _ in
            try await stage.file("Silence")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(issue: 1, "stalled")
            let stall = try #require(try await stage.query("stalls").first)
            #expect(stall["agent"] == "iss-1" && stall["state"] == "stalled", "\(stall)")
            #expect(stall["why"]?.stringValue?.isEmpty == false && stall["since_at"] != nil, "\(stall)")
            #expect(stall["tried"]?.stringValue?.contains("turn") == true, "\(stall)")
            #expect(try await stage.did("explain", "1").contains("stalled"))
            // Whoever wants to can end it, and nothing is left behind.
            try await stage.did("agent", "close", "iss-1")
            try await stage.until(
                "its turn is ended",
                "SELECT count(*) = 0 FROM turn WHERE status IN ('queued', 'submitting', 'running')"
            )
        }
    }
}
