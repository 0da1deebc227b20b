import Foundation
import ModelServer
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

/// Budgets of time and of tokens, with the real codex.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct BudgetTests {
    /// A limit, and how an agent is given it.
    struct Limit: Sendable, CustomTestStringConvertible {
        var settings = ""
        var labels: [String] = []
        var testDescription: String { settings + labels.joined() }
    }

    private static let over = "Your budget is used up"

    @Test(arguments: [Limit(labels: ["budget:1s"]), Limit(settings: ", tokens: 3000")])
    func `a budget that is used up: the agent is asked to wrap up, reports, and is closed as budget`(limit: Limit)
        async throws
    {
        let scenario = ScriptedScenario([
            .worker("Endless work") { request in
                let usage = TokenUsage(input: 1_000, output: 100)
                guard request.lastUserText.contains(Self.over) else {
                    return ModelResponse([.exec("echo more >> half; sleep 0.2")], usage: usage)
                }
                let step: ModelStep =
                    request.position == 0
                    ? .exec("git add half && git commit --quiet -m 'Save half of it'")
                    : .message("### Summary\nHalf is saved.\n\n### Next Actions\n- the other half\n\nStatus: continue")
                return ModelResponse([step], usage: usage)
            }
        ])
        try await withStage(scenario, settings: Stage.settings + limit.settings) { stage, _ in
            try await stage.file("Endless work", labels: limit.labels)
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(issue: 1, "stalled")
            let budget = try #require(try await stage.query("budgets").first)
            if limit.settings.isEmpty {
                #expect(budget["worked_ms"]?.intValue ?? 0 >= 1_000 && budget["budget_ms"] == 1_000, "\(budget)")
            } else {
                #expect(budget["tokens"]?.intValue ?? 0 >= 3_000 && budget["tokens_max"] == 3_000, "\(budget)")
            }
            #expect(try stage.value("SELECT outcome FROM agent") == "budget")
            let reason = try #require(try stage.value("SELECT reason FROM issue", as: String.self))
            #expect(reason.contains("budget is used up") && reason.contains("Half is saved."), "\(reason)")
            try await stage.until(commits: 1, on: "ai/iss-1-endless-work")
            let kinds = try stage.open().query("SELECT kind FROM turn ORDER BY seq") { try $0.get(0) as String }
            #expect(kinds == ["task", "wrap_up"])
            #expect(try stage.value("SELECT count(*) FROM artifact_use WHERE kind = 'report'") == 1)
            let why = try await stage.did("explain", "1")
            #expect(why.contains("budget is used up"), "\(why)")
        }
    }

    @Test func `an agent that does not wrap up is closed after the grace, and its command is ended`() async throws {
        let scenario = ScriptedScenario([.worker("Deaf") { _ in .wait(for: "never") }])
        try await withStage(scenario, settings: Stage.settings + ", wrap_up_grace: 1s") { stage, _ in
            try await stage.file("Deaf", labels: ["budget:1s"])
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(issue: 1, "stalled")
            #expect(try stage.value("SELECT outcome FROM agent") == "budget")
            #expect(
                try stage.value("SELECT reason FROM agent", as: String.self)?.contains("did not wrap up") == true
            )
            try await stage.until(
                "its turn is ended",
                "SELECT count(*) = 0 FROM turn WHERE status IN ('queued', 'submitting', 'running')"
            )
            #expect(try stage.value("SELECT status FROM turn WHERE kind = 'task'") == "interrupted")
            let worktree = stage.repository + "/.worktrees/iss-1"
            try await stage.until("its command is ended") { LiveProcesses.working(in: worktree).isEmpty }
            #expect(try stage.value("SELECT count(*) FROM turn WHERE kind = 'continue'") == 0)
        }
    }

    @Test func `I6: a run's budget is its own: neither downtime nor other settings change it`() async throws {
        let scenario = ScriptedScenario([.worker("Own budget", [.wait(for: "go"), .done])])
        try await withStage(scenario) { stage, _ in
            try await stage.file("Own budget")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until("the command runs", "SELECT count(*) FROM item WHERE kind = 'command'")
            try await stage.did("agent", "budget", "iss-1", "--budget", "2h")
            stage.killDaemon()
            // As if the hub had been down for a day.
            let day = 86_400_000
            let db = try Store.open(stage.folder, role: .client, nowMs: 0)
            try db.execute(
                """
                UPDATE hub SET heartbeat_at_ms = heartbeat_at_ms - \(day), started_at_ms = started_at_ms - \(day);
                UPDATE turn SET started_at_ms = started_at_ms - \(day), submitted_at_ms = submitted_at_ms - \(day);
                UPDATE agent SET last_event_ms = last_event_ms - \(day);
                """
            )
            try await stage.commit(settings: Stage.settings + ", budget: 1s, tokens: 1, stale: 1s, checkin: 1s")
            try stage.startDaemon("--no-orchestrator", "--budget", "1s", "--tokens", "1")
            try await stage.until(
                "it goes on",
                "SELECT count(*) > 0 FROM event WHERE kind = 'thread.synced' AND seq > (SELECT max(seq) FROM event WHERE kind = 'hub.started')"
            )
            try Data().write(to: URL(filePath: stage.repository + "/.worktrees/iss-1/go"))
            try await stage.until(issue: 1, "done")
            let budget = try #require(try await stage.query("budgets").first)
            #expect(budget["budget_ms"]?.intValue == 7_200_000 && budget["tokens_max"] == .null, "\(budget)")
            #expect(budget["worked_ms"]?.intValue ?? .max < day / 2, "\(budget)")
            #expect(try stage.value("SELECT count(*) FROM turn") == 1)
            let down = try stage.value(
                "SELECT max(data ->> 'down_ms') FROM event WHERE kind = 'hub.started'",
                as: Int64.self
            )
            #expect(down ?? 0 >= day)
        }
    }
}
