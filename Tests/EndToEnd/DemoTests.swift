import Foundation
import Glibc
import OrchStore
import OrchTestSupport
import SQLite
import Testing

/// `orch demo` as a newcomer runs it.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct DemoTests {
    @Test func `it ends with all four issues as promised, prints the reports, and leaves nothing`() async throws {
        let stage = try await Stage()
        let said = try await stage.orch("demo", "--codex-path", stage.codex, "--pace", "fast")
        #expect(said.code == 0, "\(said)")
        for ending in ["#1  running → done", "#2  running → done", "#3  running → done", "#4  running → review"] {
            #expect(said.output.contains(ending), "\(ending): \(said.output)")
        }
        for report in ["issues", "agents", "decisions", "tokens", "timeline --limit 30"] {
            #expect(said.output.contains("$ orch query \(report)\n"), "\(report): \(said.output)")
        }
        #expect(said.output.contains("$ git log --oneline --graph --decorate --all"))
        #expect(said.output.contains("ai/iss-4-") && said.output.contains("Where to look next"), "\(said.output)")
        #expect(LiveProcesses.naming(stage.directory.path) == [])
        #expect(try stage.directory.list("tmp") == [])
    }

    @Test func `kept, its repository can be looked around in`() async throws {
        let stage = try await Stage()
        let said = try await stage.orch("demo", "--codex-path", stage.codex, "--pace", "fast", "--keep")
        #expect(said.code == 0, "\(said)")
        let name = try #require(try stage.directory.list("tmp").first)
        let repository = "\(stage.directory.path)/tmp/\(name)/project"
        #expect(said.output.contains("The repository is kept: \(repository)"), "\(said.output)")
        let phases = try await stage.orch("query", "issues", "--format", "csv", in: repository)
        #expect(phases.code == 0 && phases.output.contains("review"), "\(phases)")
        let db = try Store.open(OrchFolder(repository: repository), role: .readOnly, nowMs: 0)
        #expect(
            try db.query("SELECT phase FROM issue ORDER BY number") { try $0.get(0) as String }
                == ["done", "done", "done", "review"]
        )
        #expect(LiveProcesses.naming(stage.directory.path) == [])
    }

    @Test(arguments: [SIGKILL, SIGTERM, SIGINT])
    func `ended in the middle, however, it leaves no process`(signal: Int32) async throws {
        let stage = try await Stage()
        let demo = try stage.program("demo", "--codex-path", stage.codex, "--pace", "slow")
        // From then on there are a daemon, an app-server, and a command that an agent runs.
        try await stage.until("an agent works") {
            let repositories = try stage.directory.list("tmp").map { "\(stage.directory.path)/tmp/\($0)/project" }
            return repositories.contains { !LiveProcesses.working(in: $0 + "/.worktrees").isEmpty }
        }
        demo.signal(signal)
        let code = try await demo.end()
        #expect(code == (signal == SIGKILL ? 128 + SIGKILL : 130))
        try await stage.until("nothing of it runs") { LiveProcesses.naming(stage.directory.path).isEmpty }
        // Whoever ended it in order has nothing to clear away.
        if signal != SIGKILL { #expect(try stage.directory.list("tmp") == []) }
    }

    @Test func `without codex it says so, and makes nothing`() async throws {
        let stage = try await Stage()
        let said = try await stage.orch("demo")
        #expect(said.code == 69 && said.errors.contains("--codex-path"), "\(said)")
        #expect(try stage.directory.list("tmp") == [])
    }
}
