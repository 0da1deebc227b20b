import Foundation
import ModelServer
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

/// Agents that fall silent, and check-ins, with the real codex.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct SilenceTests {
    /// What calls an agent silent, and how it is put.
    struct Silence: Sendable, CustomTestStringConvertible {
        var settings: String
        var why: String
        var nudges: Int
        var testDescription: String { why }
    }

    @Test(arguments: [
        Silence(settings: "checkin: 1s, nudges: 1", why: "no report after 1 nudges", nudges: 1),
        Silence(settings: "stale: 2s", why: "no sign of life for", nudges: 0),
    ])
    func `a silent agent is nudged, called stalled, and comes back by itself when it shows life`(silence: Silence)
        async throws
    {
        let scenario = ScriptedScenario([
            // Its command ends when the test says so: only then Codex hands on what came meanwhile.
            .worker("Silence") { $0.position == 0 && !$0.mentions("Check-in:") ? .wait(for: "go") : .done }
        ])
        try await withStage(scenario, settings: Stage.settings + ", " + silence.settings) { stage, model in
            try await stage.file("Silence")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(issue: 1, "stalled")
            try await Self.checkStall(stage, silence)

            // The stall, and the nudges that were used, outlive the daemon.
            stage.killDaemon()
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(
                "the thread was read",
                "SELECT count(*) > 0 FROM event WHERE kind = 'thread.synced' AND seq > (SELECT max(seq) FROM event WHERE kind = 'hub.started')"
            )
            try await Self.checkStall(stage, silence)

            try Data().write(to: URL(filePath: stage.repository + "/.worktrees/iss-1/go"))
            try await stage.until(issue: 1, "done")
            #expect(try stage.value("SELECT count(*) FROM event WHERE kind = 'agent.revived'") == 1)
            #expect(try stage.value("SELECT count(*) FROM event WHERE kind = 'agent.stalled'") == 1)
            #expect(try stage.value("SELECT count(*) FROM event WHERE kind = 'agent.nudged'") == silence.nudges)
            #expect(try stage.value("SELECT count(*) FROM turn WHERE kind = 'nudge'") == silence.nudges)
            #expect(try await stage.query("stalls").isEmpty)
            let labels = try await stage.query("issues").first?["labels"]?.arrayValue ?? []
            #expect(labels.contains("agent:done") && !labels.contains("agent:stalled"), "\(labels)")
            #expect(model.log.kept.contains { $0.mentions("Check-in:") } == (silence.nudges > 0))
            #expect(try stage.deliveries().filter { $0.value > 1 }.isEmpty)
        }
    }

    @Test func `a nudge that its turn did not live to get is sent again, once`() async throws {
        let scenario = ScriptedScenario([
            .worker("Cut off") { $0.mentions("Check-in:") ? .done : .wait(for: "go") }
        ])
        try await withStage(scenario, settings: Stage.settings + ", checkin: 1s, nudges: 1") { stage, model in
            try await stage.file("Cut off")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(
                "the nudge is on its way",
                "SELECT count(*) FROM turn WHERE kind = 'nudge' AND status = 'running' AND steers IS NOT NULL"
            )
            let nudge = try #require(try stage.value("SELECT id FROM turn WHERE kind = 'nudge'", as: String.self))
            #expect(try stage.deliveries()[nudge] == nil, "it waits for the end of the command")
            #expect(try stage.killAppServer())
            try Data().write(to: URL(filePath: stage.repository + "/.worktrees/iss-1/go"))
            try await stage.until(issue: 1, "done")
            #expect(
                try stage.value("SELECT count(*) FROM event WHERE kind = 'turn.requeued' AND turn = '\(nudge)'") == 1
            )
            #expect(try stage.deliveries()[nudge] == 1)
            #expect(model.log.kept.contains { $0.mentions("Check-in:") })
            #expect(try stage.deliveries().filter { $0.value > 1 }.isEmpty)
        }
    }

    private static func checkStall(_ stage: Stage, _ silence: Silence) async throws {
        let stall = try #require(try await stage.query("stalls").first)
        #expect(stall["agent"] == "iss-1" && stall["issue"] == 1 && stall["state"] == "stalled", "\(stall)")
        #expect(stall["why"]?.stringValue?.contains(silence.why) == true, "\(stall)")
        #expect(stall["since_at"]?.stringValue?.isEmpty == false, "\(stall)")
        #expect(stall["nudges"]?.intValue == Int64(silence.nudges), "\(stall)")
        #expect(stall["tried"]?.stringValue?.contains("nudge") == (silence.nudges > 0), "\(stall)")
        let labels = try await stage.query("issues").first?["labels"]?.arrayValue ?? []
        #expect(labels.contains("agent:stalled") && !labels.contains("agent:running"), "\(labels)")
        #expect(try stage.value("SELECT count(*) FROM event WHERE kind = 'agent.revived'") == 0)
    }

    @Test func `a check-in asks a busy agent for a report, which starts them anew; the orchestrator is told`()
        async throws
    {
        let scenario = ScriptedScenario([
            .worker("Busy") { request in
                if request.lastUserText.contains("Finish it") { return .done }
                // Short commands, one after the other, and no report before it is asked for one.
                return request.mentions("Check-in:")
                    ? .message("### Summary\nHalf of it.\n\nStatus: continue") : .exec("sleep 0.2; echo busy")
            },
            .orchestrator { request in
                guard request.lastUserText.contains("AGENT_UPDATE") else { return .message("Nothing to decide.") }
                return .message(
                    request.lastUserText.contains("It is done.")
                        ? "```control\n{\"close\":{\"agent\":\"iss-1\",\"outcome\":\"done\"}}\n```"
                        : "```control\n{\"send\":{\"to\":\"iss-1\",\"task\":\"Finish it\"}}\n```"
                )
            },
        ])
        try await withStage(scenario) { stage, model in
            try await stage.file("Busy", labels: ["checkin:1s"])
            try stage.startDaemon("--autopilot-on")
            try await stage.until(issue: 1, "done")
            let nudges = try stage.open().query("SELECT data FROM event WHERE kind = 'agent.nudged'") {
                try JSONValue(parsing: try $0.get(0) as String)["number"]
            }
            #expect(!nudges.isEmpty && nudges.allSatisfy { $0 == 1 }, "each was answered: \(nudges)")
            #expect(try stage.value("SELECT nudges FROM budget JOIN agent ON id = agent WHERE role = 'sub'") == 0)
            #expect(try stage.value("SELECT count(*) FROM event WHERE kind = 'agent.stalled'") == 0)
            #expect(model.log.kept.contains { $0.isOrchestrator && $0.mentions("TIMEOUT_CHECKIN") })
        }
    }
}
