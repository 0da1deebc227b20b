import OrchCore
import OrchStore
import OrchTestSupport
import Testing
import Workspaces

@testable import OrchCommands

/// `orch undo` with the real git.
@Suite struct UndoTests {
    private let environment = ["PATH": "/usr/local/bin:/usr/bin:/bin"]

    /// A repository in which agent `iss-12` made a commit and left a file uncommitted, and both were put aside.
    private func putAside() async throws -> (directory: TemporaryDirectory, head: String) {
        let directory = try await TestRepository.make()
        let repository = try await GitRepository.discover(from: directory.path, environment: environment)
        let made = try await repository.prepare(name: "iss-12", branch: "ai/iss-12-greet", baseRef: "main")
        let person = ["-c", "user.name=t", "-c", "user.email=t@localhost"]
        try await TestRepository.git(
            ["-C", made.path] + person + ["commit", "--quiet", "--allow-empty", "-m", "greet"],
            directory
        )
        try directory.write(".worktrees/iss-12/draft.txt", "precious\n")
        let head = try await TestRepository.git(["-C", made.path, "rev-parse", "HEAD"], directory).dropLast()
        _ = try await repository.remove(name: "iss-12", agent: "iss-12", timestampMs: 1_767_225_600_000)
        _ = try await repository.retire(
            branch: made.branch,
            expecting: String(head),
            agent: "iss-12",
            timestampMs: 1_767_225_601_000
        )
        return (directory, String(head))
    }

    @Test func `what is saved is listed`() async throws {
        let (directory, head) = try await putAside()
        var console = Console(directory: directory.path)
        console.width = 140
        let list = await console.run("undo")
        #expect(list.status == 0, "\(list.err)")
        let lines = list.out.split(separator: "\n")
        #expect(lines.count >= 3)
        #expect(list.out.contains("iss-12/1767225601000"))
        #expect(list.out.contains("2026-01-01 00:00:00Z"))
        let json = try #require(await console.run("undo", "--list", "#12", "--json").json?.arrayValue)
        #expect(json.count == 2)
        #expect(json[0]["commit"] == .string(head))
        #expect(json[0]["branch"] == "ai/iss-12-greet")
        #expect(json.map { $0["uncommitted"] } == [false, true])
        #expect(await console.run("undo", "--list", "iss-9", "--json").json == [])
    }

    @Test(arguments: ["#12", "12", "iss-12", "ISS-12", "iss-12/1767225600000", "refs/orch/saved/iss-12/1767225600000"])
    func `I12: work comes back by issue, agent or name, with its uncommitted files`(name: String) async throws {
        let (directory, head) = try await putAside()
        var console = Console(directory: directory.path)
        console.nowMs = 1_767_225_600_000 + 7_200_000
        let result = await console.run("undo", name)
        #expect(result.status == 0, "\(result.err)")
        let worktree = "\(directory.path)/.worktrees/undo-iss-12-1767225600000"
        #expect(
            result.out == """
                saved       iss-12/1767225600000, 2h ago
                branch      ai/iss-12-greet at \(head.prefix(12)), made again
                worktree    \(worktree), 1 uncommitted file

                """
        )
        #expect(result.err.contains("cd \(worktree)"))
        #expect(try directory.read(".worktrees/undo-iss-12-1767225600000/draft.txt") == "precious\n")
        #expect(try await TestRepository.git(["rev-parse", "ai/iss-12-greet"], directory) == head + "\n")
        let again = try #require(await console.run("undo", name, "--json").json)
        #expect(again["was_there"] == true)
        #expect(again["worktree"] == .string(worktree))
        #expect(again["branch"] == "ai/iss-12-greet")
    }

    @Test func `a branch alone comes back without a worktree`() async throws {
        let (directory, head) = try await putAside()
        let console = Console(directory: directory.path)
        let result = await console.run("undo", "iss-12/1767225601000")
        #expect(result.status == 0, "\(result.err)")
        #expect(result.out.contains("branch      ai/iss-12-greet at \(head.prefix(12)), made again\n"))
        #expect(!result.out.contains("worktree"))
        #expect(result.err == "To look at it: git switch ai/iss-12-greet\n")
        #expect(try directory.list().contains(".worktrees/undo-iss-12-1767225601000") == false)
    }

    @Test func `an issue's work is found by the agents that the database knows`() async throws {
        let (directory, _) = try await putAside()
        let folder = OrchFolder(repository: directory.path)
        let db = try Store.open(folder, role: .client, nowMs: TestStore.startMs)
        let tables = HubTables(db)
        let rows = RowFactory(tables)
        let issue = try rows.issue("Greet")
        try rows.agent("iss-12", issue: issue)
        let console = Console(directory: directory.path)
        #expect(await console.run("undo", "--list", "#\(issue)", "--json").json?.arrayValue?.count == 2)
        #expect(await console.run("undo", "#\(issue)", "--json").json?["uncommitted"] == 1)
    }

    @Test func `what is not saved can't be brought back`() async throws {
        let (directory, _) = try await putAside()
        let console = Console(directory: directory.path)
        for name in ["iss-9", "#9", "iss-12/1", "refs/heads/main", "refs/orch/saved/iss-12"] {
            let result = await console.run("undo", name)
            #expect(result.status == 66)
            #expect(result.err.contains("nothing is saved of \(name)"))
            #expect(result.err.contains("`orch undo` lists what is saved"))
        }
        #expect(await console.run("undo", "?").status == 64)
        #expect(await console.run("undo", "iss-12", "--format", "csv").status == 64)
        let empty = try await TestRepository.make()
        let nothing = await Console(directory: empty.path).run("undo", "iss-1")
        #expect(nothing.status == 66)
        #expect(nothing.err.contains("nothing at all is saved in this repository"))
        #expect(await Console(directory: empty.path).run("undo", "--json").json == [])
    }

    @Test func `a broken database and wrong settings keep nothing from coming back`() async throws {
        let (directory, _) = try await putAside()
        try directory.write(".orch/orch.db", String(repeating: "This is no database. ", count: 500))
        try directory.write("WORKFLOW.md", "---\norch: [wrong\n---\n")
        try await TestRepository.git(["add", "WORKFLOW.md"], directory)
        try await TestRepository.commit("Wrong settings", directory)
        let result = await Console(directory: directory.path).run("undo", "#12")
        #expect(result.status == 0, "\(result.err)")
        #expect(result.err.contains("The database does not tell who worked on it"))
        #expect(try directory.read(".worktrees/undo-iss-12-1767225600000/draft.txt") == "precious\n")
    }
}
