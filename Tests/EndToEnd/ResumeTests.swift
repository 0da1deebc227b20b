import Foundation
import Glibc
import ModelServer
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

/// Threads that can't be resumed, and worktrees that stand elsewhere, with the real codex.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct ResumeTests {
    /// A stage on which the agent of issue 1 did something, and then both the daemon and the app-server were killed in its turn.
    private static func withKill(
        settings: String = Stage.settings,
        _ body: (Stage, ModelServer, _ goOn: () throws -> Void) async throws -> Void
    ) async throws {
        let scenario = ScriptedScenario([
            .worker("Long work", [.exec("echo one > one"), .wait(for: "go"), .commit, .done])
        ])
        try await withStage(scenario, settings: settings) { stage, model in
            try await stage.file("Long work", body: "## Goal\nThe whole of it.")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until("the command runs", "SELECT count(*) = 2 FROM item WHERE kind = 'command'")
            stage.killDaemon()
            #expect(try stage.killAppServer())
            try await body(stage, model) {
                try Data().write(to: URL(filePath: stage.repository + "/.worktrees/iss-1/go"))
            }
        }
    }

    private static func forget(_ stage: Stage) throws {
        let rollouts = try stage.rollouts()
        #expect(!rollouts.isEmpty)
        for rollout in rollouts { unlink(rollout) }
    }

    @Test func `a lost thread is told, and handed over to a new one with what is known`() async throws {
        try await Self.withKill { stage, model, goOn in
            try Self.forget(stage)
            try goOn()
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(issue: 1, "done")
            #expect(try stage.value("SELECT count(*) FROM event WHERE kind = 'thread.lost'") == 1)
            let lost = try stage.value("SELECT lost_reason FROM conversation WHERE state = 'lost'", as: String.self)
            #expect(lost?.contains("no rollout found") == true, "\(lost ?? "")")
            #expect(try stage.value("SELECT count(*) FROM conversation") == 2)
            let told = try #require(model.log.kept.first { $0.lastUserText.contains("You take over") }).lastUserText
            for part in ["no rollout found", "The whole of it.", "echo one > one", "Budget left"] {
                #expect(told.contains(part), "\(part): \(told)")
            }
            let story = try await stage.did("query", "timeline", "--issue", "1")
            #expect(story.contains("thread.lost"), "\(story)")
            #expect(stage.words().contains("thread.lost"))
        }
    }

    @Test func `with on_resume_lost: ask, a lost thread waits for a person, whose retry hands it over`() async throws {
        try await Self.withKill(settings: Stage.settings + ", on_resume_lost: ask") { stage, model, goOn in
            try Self.forget(stage)
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(issue: 1, "stalled")
            let why = try await stage.did("explain", "1")
            for part in ["parked", "can't be resumed", "no rollout found", "orch issue retry 1"] {
                #expect(why.contains(part), "\(part): \(why)")
            }
            let stall = try #require(try await stage.query("stalls").first)
            #expect(stall["agent"] == "iss-1" && stall["state"] == "parked" && stall["issue"] == 1, "\(stall)")
            #expect(stall["why"]?.stringValue?.contains("no rollout found") == true, "\(stall)")
            #expect(stall["tried"]?.stringValue?.isEmpty == false && stall["since_at"] != nil, "\(stall)")
            #expect(try stage.value("SELECT count(*) FROM conversation") == 1, "no thread was opened silently")
            #expect(try stage.value("SELECT count(*) FROM turn") == 1)

            try goOn()
            try await stage.did("issue", "retry", "1")
            try await stage.until(issue: 1, "done")
            #expect(try stage.value("SELECT count(*) FROM conversation") == 2)
            let told = try #require(model.log.kept.last { !$0.isOrchestrator })
            #expect(told.mentions("You take over") && told.mentions("The whole of it."), "\(told.userTexts)")
        }
    }

    @Test func `a worktree on another branch is not worked on until it is put right`() async throws {
        try await Self.withKill { stage, model, goOn in
            let worktree = stage.repository + "/.worktrees/iss-1"
            try await stage.git("-C", worktree, "checkout", "--quiet", "-b", "elsewhere")
            let before = model.log.requests
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(issue: 1, "stalled")
            for words in [try await stage.did("explain", "1"), try await stage.did("query", "stalls")] {
                #expect(words.contains("elsewhere"), "\(words)")
            }
            #expect(model.log.requests == before, "nothing was said to the agent")
            // A retry alone does not help.
            _ = try await stage.orch("issue", "retry", "1")
            try await stage.until(issue: 1, "stalled")
            try await stage.until(
                "nothing is on its way",
                "SELECT count(*) = 0 FROM turn WHERE status IN ('submitting', 'running')"
            )
            #expect(model.log.requests == before, "nothing was said to the agent")

            try await stage.git("-C", worktree, "checkout", "--quiet", "ai/iss-1-long-work")
            try goOn()
            try await stage.did("issue", "retry", "1")
            try await stage.until(issue: 1, "done")
            #expect(try stage.deliveries().filter { $0.value > 1 }.isEmpty)
        }
    }

    @Test func `a worktree that is gone is told, and a retry makes it anew`() async throws {
        try await Self.withKill { stage, _, goOn in
            let worktree = stage.repository + "/.worktrees/iss-1"
            // A sandbox that was killed takes what it mounted there away meanwhile.
            try await stage.until("the worktree is removed") {
                try await stage.run("/bin/rm", ["-rf", worktree]).code == 0
            }
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(issue: 1, "stalled")
            let why = try await stage.did("explain", "1")
            #expect(why.contains("is gone") && why.contains(worktree), "\(why)")
        }
    }
}
