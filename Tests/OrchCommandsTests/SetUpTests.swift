import OrchCore
import OrchTestSupport
import Testing

@testable import OrchCommands

/// `orch init`, `orch doctor` and the repository of `orch demo`, with the real git.
@Suite struct SetUpTests {
    @Test func `init prepares a repository, and a second time changes nothing`() async throws {
        let directory = try await TestRepository.make()
        let console = Console(directory: directory.path)
        #expect(await console.run("init").status == 0)
        #expect(try directory.read(".git/info/exclude").hasSuffix("/.orch/\n/.worktrees/\n"))
        #expect(try directory.list().contains("WORKFLOW.md"))
        #expect(try await TestRepository.git(["status", "--porcelain"], directory) == "?? WORKFLOW.md\n")
        let exclude = try directory.read(".git/info/exclude")
        try directory.write("WORKFLOW.md", "mine")
        #expect(await console.run("init").status == 0)
        #expect(try directory.read(".git/info/exclude") == exclude)
        #expect(try directory.read("WORKFLOW.md") == "mine")
    }

    @Test func `the WORKFLOW.md that init writes is valid and changes nothing`() async throws {
        let directory = try await TestRepository.make()
        let console = Console(directory: directory.path)
        _ = await console.run("init")
        try await TestRepository.git(["add", "WORKFLOW.md"], directory)
        try await TestRepository.commit("Settings", directory)
        let findings = try #require(
            await console.run("doctor", "--json", "--codex-path", "/nowhere/codex").json?.arrayValue
        )
        let workflow = findings.filter { $0["check"] == "workflow" }
        #expect(workflow.map { $0["level"] } == ["ok"])
    }

    @Test func `init refuses what is no repository, and one without a commit`() async throws {
        let directory = try TemporaryDirectory()
        let console = Console(directory: directory.path)
        #expect(await console.run("init").status == 66)
        try await TestRepository.git(["init", "--quiet"], directory)
        let empty = await console.run("init")
        #expect(empty.status == 69)
        #expect(empty.err.contains("no commit yet"))
        let bare = try TemporaryDirectory()
        try await TestRepository.git(["init", "--quiet", "--bare"], bare)
        #expect(await Console(directory: bare.path).run("init").status == 69)
    }

    @Test func `doctor names each problem and how to mend it`() async throws {
        let directory = try await TestRepository.make()
        let console = Console(directory: directory.path)
        _ = await console.run("init")
        let result = await console.run("doctor", "--codex-path", "/nowhere/codex")
        #expect(result.status == 1)
        #expect(result.out.contains("there is no program at /nowhere/codex"))
        #expect(result.out.contains("ok       database"))

        try directory.write(".orch/orch.db", String(repeating: "This is no database. ", count: 500))
        let broken = try #require(await console.run("doctor", "--json").json?.arrayValue)
        let database = broken.first { $0["check"] == "database" }
        #expect(database?["level"] == "problem")
        #expect(database?["detail"]?.stringValue?.contains("is no SQLite database") == true)
        #expect(await console.run("status").status == 74)
    }

    @Test func `the demo's repository does not depend on the user's git settings`() async throws {
        let parent = try TemporaryDirectory()
        let console = Console(directory: parent.path, environment: ["PATH": "/usr/bin:/bin", "TMPDIR": parent.path])
        let context = console.context()
        let folder = try DemoFolder.make(context)
        try await folder.makeRepository(context)
        try folder.makeCodexHome(port: 4_711)
        #expect(try await folder.git(["log", "--format=%s"], context) == "Begin the project\n")
        #expect(folder.path.hasPrefix(parent.path + "/orch-demo-"))
        try folder.remove()
        #expect(try parent.list() == [])
    }
}
