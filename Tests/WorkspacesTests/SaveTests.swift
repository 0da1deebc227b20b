import OrchTestSupport
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct SaveTests {
    private func show(_ fixture: GitFixture, _ saved: SavedWork?, _ file: String) async throws -> String {
        try await fixture.git("show", "\(try #require(saved).ref):\(file)")
    }

    @Test
    func `I12: uncommitted and untracked files are saved, and the worktree stays as it is`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        try write(made.path + "/README.md", "changed\n")
        try write(made.path + "/odd 'na\"me\n🙂", "odd\n")
        try write(made.path + "/staged", "staged\n")
        try await fixture.git("add", "staged", in: made.path)
        try write(made.path + "/staged", "staged, then changed\n")
        try Files.remove(made.path + "/src/main.txt")
        try write(made.path + "/.gitignore", "*.log\n")
        try write(made.path + "/build.log", "ignored\n")
        let status = try await fixture.git("status", "--porcelain", in: made.path)
        let index = try Files.read(made.gitDir + "/index")
        let repository = try await fixture.repository()

        let saved = try await repository.save(path: made.path, agent: "iss-1", timestampMs: 1_700_000_000_123)

        #expect(saved?.ref == "refs/orch/saved/iss-1/1700000000123")
        #expect(saved?.isComplete == true)
        #expect(saved?.nested == [])
        #expect(try await show(fixture, saved, "README.md") == "changed")
        #expect(try await show(fixture, saved, "odd 'na\"me\n🙂") == "odd")
        #expect(try await show(fixture, saved, "staged") == "staged, then changed")
        #expect(try await fixture.git("show", "\(try #require(saved).ref)^2:staged") == "staged")
        #expect(try await fixture.git("rev-parse", "\(try #require(saved).ref)^1") == made.head)
        let files = try await fixture.git("ls-tree", "-r", "--name-only", "-z", try #require(saved).ref)
        #expect(!files.contains("main.txt"))
        #expect(!files.contains("build.log"))
        #expect(try await fixture.git("status", "--porcelain", in: made.path) == status)
        #expect(try Files.read(made.gitDir + "/index") == index)
        #expect(Files.names(in: fixture.root + "/.git/orch") == ["worktrees"])
        #expect(
            try await fixture.git("log", "-1", "--format=%an <%ae> %ad %s", "--date=unix", try #require(saved).ref)
                == "orch <orch@localhost> 1700000000 orch: uncommitted work of iss-1"
        )
    }

    @Test
    func `commits that are nowhere else are saved, others are not`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let repository = try await fixture.repository()
        #expect(try await repository.save(path: made.path, agent: "a", timestampMs: 1, base: "main") == nil)
        let head = try await fixture.commit("x", "x", in: made.path)
        let saved = try await repository.save(path: made.path, agent: "a", timestampMs: 2, base: "main")
        #expect(
            saved
                == SavedWork(
                    ref: "refs/orch/saved/a/2",
                    commit: head,
                    nested: [],
                    isComplete: true,
                    branch: made.branch,
                    head: head
                )
        )
        try await fixture.git("update-ref", "refs/remotes/origin/x", head)
        #expect(try await repository.save(path: made.path, agent: "a", timestampMs: 3, base: "main") == nil)
    }

    @Test
    func `I4: the same time twice saves once, and another work of that time beside it`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let repository = try await fixture.repository()
        try write(made.path + "/x", "1")
        let first = try await repository.save(path: made.path, agent: "a", timestampMs: 5_000)
        let second = try await repository.save(path: made.path, agent: "a", timestampMs: 5_000)
        #expect(first == second)
        try write(made.path + "/x", "2")
        let third = try await repository.save(path: made.path, agent: "a", timestampMs: 5_000)
        #expect(third?.ref == "refs/orch/saved/a/5000-2")
        #expect(try await fixture.git("for-each-ref", "refs/orch").split(separator: "\n").count == 2)
    }

    @Test
    func `what is in conflict is saved as it is in the files`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        try await fixture.commit("README.md", "mine\n", in: made.path)
        try await fixture.commit("README.md", "theirs\n", in: fixture.root)
        _ = await refusal { try await fixture.git("merge", "main", in: made.path) }
        let repository = try await fixture.repository()
        let saved = try await repository.save(path: made.path, agent: "a", timestampMs: 1)
        #expect(try await show(fixture, saved, "README.md").contains("<<<<<<< HEAD\nmine\n=======\ntheirs"))
        #expect(try await fixture.git("status", "--porcelain", in: made.path) == "UU README.md")
    }

    @Test
    func `repositories inside are named, since their files are not saved`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        try await fixture.git("clone", "--quiet", fixture.root, made.path + "/sub", in: fixture.folder.path)
        try await fixture.git("add", "sub", in: made.path)
        let repository = try await fixture.repository()
        let saved = try await repository.save(path: made.path, agent: "a", timestampMs: 1)
        #expect(saved?.nested == ["sub"])
    }

    @Test
    func `what killed hubs left is cleared, and a name that git would not take is refused`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        try fixture.folder.write("repo/.git/orch/index-1", "x")
        try fixture.folder.write("repo/.git/orch/index-1.lock", "")
        let repository = try await fixture.repository()
        try write(made.path + "/x", "1")
        #expect(try await repository.save(path: made.path, agent: "a", timestampMs: 1) != nil)
        #expect(Files.names(in: fixture.root + "/.git/orch") == ["worktrees"])
        #expect(
            await refusal { try await repository.save(path: made.path, agent: "a..b", timestampMs: 1) }?.code
                == .badName
        )
        #expect(
            await refusal { try await repository.save(path: fixture.root, agent: "a", timestampMs: 1) }?.code
                == .notOurs
        )
    }
}
