import CodexAppServer
import Foundation
import Glibc
import ModelServer
import OrchStore
import OrchTestSupport
import SQLite
import Testing

/// How a daemon begins, ends and is taken over, with the real codex.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct LifecycleTests {
    /// A stage on which the agent of issue 1 runs a command that waits for a file, and commits.
    private static func withWork(_ body: (Stage, _ goOn: () throws -> Void) async throws -> Void) async throws {
        let scenario = ScriptedScenario([
            .worker("Wait", [.exec("echo work > work"), .wait(for: "go"), .commit, .done])
        ])
        try await withStage(scenario) { stage, _ in
            try await stage.file("Wait")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until("the command runs", "SELECT count(*) = 2 FROM item WHERE kind = 'command'")
            try await body(stage) { try Data().write(to: URL(filePath: stage.repository + "/.worktrees/iss-1/go")) }
        }
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `a signal ends the daemon in order; the agent goes on, and the next daemon takes it up`(signal: Int32)
        async throws
    {
        try await Self.withWork { stage, goOn in
            let server = try #require(try stage.value("SELECT pid FROM app_server", as: Int64.self))
            let code = try await stage.stopDaemon(signal)
            #expect(code == 0)
            #expect(try stage.value("SELECT state FROM hub") == "stopped")
            try goOn()
            // The agent works while no hub lives.
            try await stage.until(commits: 1, on: "ai/iss-1-wait")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(issue: 1, "done")
            #expect(try stage.value("SELECT count(*) FROM app_server") == 1)
            #expect(ProcessIdentity.of(pid: server) != nil)
            #expect(try stage.value("SELECT count(*) FROM turn") == 1, "nothing was continued or sent again")
            let after = try await stage.stopDaemon(signal)
            #expect(after == 0)
        }
    }

    @Test func `a second signal ends the daemon at once`() async throws {
        try await Self.withWork { stage, goOn in
            // While somebody else writes to the database, the orderly end can't be reached.
            let writer = try Store.open(stage.folder, role: .client, nowMs: 0)
            try writer.execute("BEGIN IMMEDIATE")
            stage.daemon?.signal(SIGTERM)
            try await stage.until("the first signal is seen") {
                stage.words().contains("a second signal stops at once")
            }
            let code = try await stage.stopDaemon(SIGINT)
            #expect(code == 128 + SIGINT)
            try writer.execute("ROLLBACK")
            let status = try await stage.did("status")
            #expect(status.contains("killed"), "\(status)")
            try stage.startDaemon("--no-orchestrator")
            try goOn()
            try await stage.until(issue: 1, "done")
            #expect(try stage.value("SELECT count(*) FROM turn") == 1)
        }
    }

    @Test func `a daemon that can't end in order ends all the same`() async throws {
        try await Self.withWork { stage, goOn in
            let writer = try Store.open(stage.folder, role: .client, nowMs: 0)
            try writer.execute("BEGIN IMMEDIATE")
            let code = try await stage.stopDaemon()
            #expect(code == 70)
            #expect(stage.words().contains("took too long"))
            try writer.execute("ROLLBACK")
            try stage.startDaemon("--no-orchestrator")
            try goOn()
            try await stage.until(issue: 1, "done")
        }
    }

    @Test func `I1: orch stop stops it; a second daemon fails at once and names the first`() async throws {
        try await Self.withWork { stage, goOn in
            let daemon = try #require(stage.daemon)
            let second = try stage.makeDaemon([], log: stage.directory.path + "/second.log")
            let code = try await second.end()
            #expect(code == 75)
            let words = try stage.directory.read("second.log")
            var host = [CChar](repeating: 0, count: 256)
            gethostname(&host, host.count)
            let name = String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            #expect(words.contains("\(daemon.pid)") && words.contains(name) && words.contains("orch stop"), "\(words)")
            #expect(try stage.value("SELECT epoch FROM hub") == 1)

            let stopped = try await stage.orch("stop")
            #expect(stopped.code == 0, "\(stopped)")
            let ended = try await daemon.end()
            #expect(ended == 0)
            let again = try await stage.orch("stop")
            #expect(again.code == 69 && again.errors.contains("no daemon runs"), "\(again)")
            stage.killDaemon()
            try stage.startDaemon("--no-orchestrator")
            try goOn()
            try await stage.until(issue: 1, "done")
            #expect(try stage.value("SELECT count(*) FROM app_server") == 1)
        }
    }

    @Test func `a paused hub starts nothing, and says so, until it is resumed`() async throws {
        try await withStage(ScriptedScenario([])) { stage, _ in
            try await stage.file("Wait for it")
            try await stage.did("pause", "lunch")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until("the gate is closed", "SELECT count(*) FROM gate WHERE gate = 'hub' AND pass = 0")
            let why = try await stage.did("explain", "1")
            #expect(why.contains("lunch") && why.contains("orch resume"), "\(why)")
            #expect(try await stage.did("status").contains("paused: lunch"))
            #expect(try stage.value("SELECT count(*) FROM agent") == 0)
            try await stage.did("resume")
            try await stage.until(issue: 1, "done")
        }
    }

    /// Over pipes the app-server ends when its daemon has.
    private static func untilNoServer(_ stage: Stage) async throws {
        let tokens = try stage.open().query("SELECT token FROM app_server") { try $0.get(0) as String }
        #expect(!tokens.isEmpty)
        try await stage.until("the child ended with its daemon") {
            tokens.allSatisfy { ProcessIdentity.find(token: $0) == nil }
        }
    }

    @Test func `stdio: the app-server ends with its daemon, and the next one goes on with the turn, once`() async throws
    {
        let scenario = ScriptedScenario([.worker("Over pipes", [.wait(for: "go"), .done])])
        try await withStage(scenario) { stage, model in
            try await stage.file("Over pipes")
            var commands = 0
            for end in [SIGTERM, SIGKILL] {
                try stage.startDaemon("--no-orchestrator", "--app-server", "stdio")
                commands += 1
                try await stage.until(
                    "command \(commands) runs",
                    "SELECT count(*) = \(commands) FROM item WHERE kind = 'command'"
                )
                let code = try await stage.stopDaemon(end)
                #expect(code == (end == SIGKILL ? 128 + SIGKILL : 0))
                try await Self.untilNoServer(stage)
            }
            try stage.startDaemon("--no-orchestrator", "--app-server", "stdio")
            try Data().write(to: URL(filePath: stage.repository + "/.worktrees/iss-1/go"))
            try await stage.until(issue: 1, "done")
            let kinds = try stage.open().query("SELECT kind FROM turn ORDER BY seq") { try $0.get(0) as String }
            #expect(kinds == ["task", "continue", "continue"])
            #expect(try stage.value("SELECT count(*) FROM app_server WHERE mode = 'stdio'") == 3)
            #expect(try stage.deliveries().filter { $0.value > 1 }.isEmpty)
            #expect(model.log.kept.contains { $0.mentions("sleep 0.05") }, "the continuation says what was running")
            _ = try await stage.stopDaemon()
            try await Self.untilNoServer(stage)
        }
    }

    @Test func `what a person switched outlives the daemon, however that ends; flags win`() async throws {
        try await withStage(ScriptedScenario([])) { stage, _ in
            func switches(after epoch: Int, wip: Int, autopilot: Int) async throws {
                try await stage.until(
                    "daemon \(epoch) runs",
                    "SELECT count(*) FROM hub WHERE state = 'running' AND epoch = \(epoch)"
                )
                let set = try stage.value(
                    "SELECT count(*) FROM hub WHERE wip = \(wip) AND autopilot = \(autopilot) AND paused AND paused_reason = 'lunch'",
                    as: Int.self
                )
                #expect(set == 1, "daemon \(epoch)")
            }
            try stage.startDaemon("--no-orchestrator")
            try await stage.until("the hub runs", "SELECT count(*) FROM hub WHERE state = 'running' AND wip = 2")
            try await stage.did("autopilot", "on")
            try await stage.did("pause", "lunch")
            try await stage.did("wip", "4")
            _ = try await stage.stopDaemon(SIGKILL)
            try stage.startDaemon("--no-orchestrator")
            try await switches(after: 2, wip: 4, autopilot: 1)
            _ = try await stage.stopDaemon()
            try stage.startDaemon("--no-orchestrator")
            try await switches(after: 3, wip: 4, autopilot: 1)
            let status = try await stage.did("status")
            #expect(status.contains("paused: lunch") && status.contains("autopilot on"), "\(status)")
            _ = try await stage.stopDaemon()
            try stage.startDaemon("--no-orchestrator", "--wip", "1", "--autopilot-off")
            try await switches(after: 4, wip: 1, autopilot: 0)
        }
    }

    @Test func `stdio: the demo's work gets done, also when the daemon is killed once`() async throws {
        try await withStage(DemoScenario(commandPause: .milliseconds(50))) { stage, _ in
            try await stage.fileIssues()
            try stage.startDaemon("--autopilot-on", "--app-server", "stdio")
            try await stage.until("a command runs", "SELECT count(*) FROM item WHERE kind = 'command'")
            stage.killDaemon()
            try stage.startDaemon("--autopilot-on", "--app-server", "stdio")
            try await stage.until(
                "all is done",
                "SELECT count(*) = 0 FROM issue WHERE phase NOT IN ('done', 'review')",
                limit: .seconds(120)
            )
            let code = try await stage.stopDaemon()
            #expect(code == 0)
            try await Self.untilNoServer(stage)
            #expect(try stage.deliveries().filter { $0.value > 1 }.isEmpty)
        }
    }
}
