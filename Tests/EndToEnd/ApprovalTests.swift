import Foundation
import Glibc
import ModelServer
import OrchCore
import OrchStore
import SQLite
import Testing

/// An agent asks to be let out of its sandbox, with the real codex.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct ApprovalTests {
    private static let title = "Write outside"

    /// An agent that wants to write a file where it must not, and then reports.
    private static func asking(_ files: String...) -> ScriptedScenario {
        ScriptedScenario([.worker(title, files.map { .escalate("echo yes >> '\($0)'") } + [.done])])
    }

    /// A name for a file outside of all that a test's agent may write.
    private static func outside() -> String { "/var/tmp/orch-e2e-\(UUID())" }

    private static let pending = "SELECT count(*) FROM approval WHERE status = 'pending'"

    @Test func `I9: a request outlives kill -9 of the daemon, is approved once, and runs`() async throws {
        let file = Self.outside()
        defer { unlink(file) }
        try await withStage(Self.asking(file)) { stage, _ in
            try await stage.file(Self.title)
            try stage.startDaemon("--no-orchestrator")
            try await stage.until("the request waits", Self.pending)
            let before = try await stage.orch("approvals", "--format", "json")
            let request = try #require(try JSONValue(parsing: before.output)[0])
            let id = try #require(request["id"]?.intValue)
            #expect(request["summary"]?.stringValue?.contains("echo yes >> '\(file)'") == true, "\(request)")
            let hash = try stage.value("SELECT request_hash FROM approval", as: String.self)
            let payload = try stage.value("SELECT payload FROM approval", as: String.self)
            #expect(payload?.contains(file) == true && hash?.count == 64)

            stage.killDaemon()
            #expect(access(file, F_OK) != 0, "nothing runs before it is approved")
            try stage.startDaemon("--no-orchestrator")
            try await stage.until(
                "the thread was read",
                "SELECT count(*) > 0 FROM event WHERE kind = 'thread.synced' AND seq > (SELECT max(seq) FROM event WHERE kind = 'hub.started')"
            )
            let after = try await stage.orch("approvals", "--format", "json")
            #expect(before.output == after.output)
            #expect(try stage.value("SELECT request_hash FROM approval") == hash)

            let approved = try await stage.orch("approve", "\(id)")
            #expect(approved.code == 0, "\(approved)")
            try await stage.until(issue: 1, "done")
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "yes\n")
            for verb in ["approve", "deny"] {
                let again = try await stage.orch(verb, "\(id)")
                #expect(again.code == 1 && again.errors.contains("is approved already"), "\(again)")
            }
            let rows = try await stage.query("approvals")
            #expect(rows.count == 1)
            #expect(rows[0]["status"] == "approved" && rows[0]["answered"] == true, "\(rows)")
            let twice = try stage.deliveries().filter { $0.value > 1 }
            #expect(twice.isEmpty)
        }
    }

    @Test func `I9: a denial given while no daemon lives is carried out, and the agent is told why`() async throws {
        let file = Self.outside()
        defer { unlink(file) }
        let scenario = ScriptedScenario([
            .worker(Self.title) { request in
                if request.mentions("The reason: not on this machine") { return .done }
                return request.position == 0 ? .escalate("echo yes >> '\(file)'") : .wait(for: "go")
            }
        ])
        try await withStage(scenario) { stage, model in
            try await stage.file(Self.title)
            try stage.startDaemon("--no-orchestrator")
            try await stage.until("the request waits", Self.pending)
            stage.killDaemon()
            let denied = try await stage.orch("deny", "1", "--reason", "not on this machine")
            #expect(denied.code == 0 && denied.errors.contains("no daemon is running"), "\(denied)")
            #expect(try stage.value("SELECT status FROM approval") == "pending")

            try stage.startDaemon("--no-orchestrator")
            // Codex hands the reason on at once, or when the command that runs then has ended.
            try await stage.until(
                "the reason is on its way",
                "SELECT count(*) FROM turn WHERE kind = 'send' AND status IN ('running', 'steered')"
            )
            try Data().write(to: URL(filePath: stage.repository + "/.worktrees/iss-1/go"))
            try await stage.until(issue: 1, "done")
            #expect(access(file, F_OK) != 0)
            let rows = try await stage.query("approvals")
            #expect(rows[0]["status"] == "denied" && rows[0]["reason"] == "not on this machine", "\(rows)")
            #expect(model.log.kept.contains { $0.outputs.contains { $0.contains("rejected") } })
        }
    }

    @Test func `I9: each answer is for the one request, and one of a dead app-server is void`() async throws {
        let file = Self.outside()
        defer { unlink(file) }
        // The same command twice: the answer to the first is none to the second.
        try await withStage(Self.asking(file, file)) { stage, _ in
            try await stage.file(Self.title)
            try stage.startDaemon("--no-orchestrator")
            try await stage.until("the first waits", Self.pending)
            try await stage.did("approve", "1")
            try await stage.until("the second waits", "\(Self.pending) AND id = 2")
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "yes\n")
            #expect(try stage.value("SELECT count(DISTINCT request_hash) FROM approval") == 2)

            #expect(try stage.killAppServer())
            try await stage.until("the agent asks again", "\(Self.pending) AND id = 3")
            let late = try await stage.orch("approve", "2")
            #expect(late.code == 1 && late.errors.contains("is lost already"), "\(late)")
            let unknown = try await stage.orch("approve", "99")
            #expect(unknown.code == 66, "\(unknown)")
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "yes\n")
            try await stage.did("approve", "3")
            try await stage.until("the last waits", "\(Self.pending) AND id = 4")
            try await stage.did("deny", "4")
            try await stage.until(issue: 1, "done")
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "yes\nyes\n")
        }
    }

    @Test func `I9: a request that nobody answers within its limit is declined`() async throws {
        let file = Self.outside()
        defer { unlink(file) }
        let settings = Stage.settings + ", approval_limit: 1s"
        try await withStage(Self.asking(file), settings: settings) { stage, model in
            try await stage.file(Self.title)
            try stage.startDaemon("--no-orchestrator", "--autopilot-on")
            try await stage.until(issue: 1, "done")
            #expect(access(file, F_OK) != 0)
            let rows = try await stage.query("approvals", "--status", "expired")
            #expect(rows.count == 1)
            #expect(rows[0]["reason"]?.stringValue?.contains("nobody answered within") == true, "\(rows)")
            #expect(model.log.kept.contains { $0.outputs.contains { $0.contains("rejected") } })
            let late = try await stage.orch("approve", "1")
            #expect(late.code == 1 && late.errors.contains("is expired already"), "\(late)")
        }
    }

    @Test func `with dangerous and autopilot both on, nobody is asked`() async throws {
        let (worker, orchestrator) = (Self.outside(), Self.outside())
        defer { for file in [worker, orchestrator] { unlink(file) } }
        let scenario = ScriptedScenario([
            .worker(Self.title, [.exec("echo yes >> '\(worker)'"), .done]),
            .orchestrator {
                guard $0.lastUserText.contains("AGENT_UPDATE") else { return .message("Nothing to decide.") }
                return $0.position == 0
                    ? .escalate("echo yes >> '\(orchestrator)'")
                    : .message("```control\n{\"close\":{\"agent\":\"iss-1\",\"outcome\":\"done\"}}\n```")
            },
        ])
        try await withStage(scenario) { stage, _ in
            try await stage.file(Self.title)
            try stage.startDaemon("--dangerous", "--autopilot-on")
            try await stage.until(issue: 1, "done")
            // A worker in danger mode is in no sandbox: Codex asks nothing. The orchestrator's request is approved by policy.
            for file in [worker, orchestrator] { #expect(try String(contentsOfFile: file, encoding: .utf8) == "yes\n") }
            let rows = try await stage.query("approvals")
            #expect(rows.count == 1)
            #expect(rows[0]["status"] == "approved" && rows[0]["decided_by"] == "policy", "\(rows)")
            #expect(rows[0]["agent"] == "orchestrator")
        }
    }
}
