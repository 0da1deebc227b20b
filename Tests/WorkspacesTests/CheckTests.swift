import Glibc
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct CheckTests {
    private let branch = "ai/iss-1-a-title"

    @Test
    func `P-09: work goes on where it was left, or further on`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let repository = try await fixture.repository()
        let first = try await repository.check(path: made.path, branch: branch, lastHead: made.head)
        #expect(first == WorkspaceState(problem: nil, branch: branch, head: made.head))
        let head = try await fixture.commit("x", "x", in: made.path)
        let second = try await repository.check(path: made.path, branch: branch, lastHead: made.head)
        #expect(second == WorkspaceState(problem: nil, branch: branch, head: head))
        #expect(try await repository.check(path: made.path, branch: branch).isGood)
    }

    @Test
    func `P-09: a rewritten branch is a reason to stop`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let repository = try await fixture.repository()
        let seen = try await fixture.commit("x", "x", in: made.path)
        try await fixture.git("reset", "--quiet", "--hard", "HEAD~1", in: made.path)
        let state = try await repository.check(path: made.path, branch: branch, lastHead: seen)
        #expect(
            state.problem
                == "the worktree \(made.path) is at \(made.head.prefix(12)), which does not come after \(seen.prefix(12)), "
                + "the last commit that was seen there"
        )
        let unknown = try await repository.check(
            path: made.path,
            branch: branch,
            lastHead: "0123456789012345678901234567890123456789"
        )
        #expect(unknown.problem?.contains("does not come after 012345678901") == true)
    }

    @Test
    func `P-09: another branch, or none, is a reason to stop`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let repository = try await fixture.repository()
        try await fixture.git("checkout", "--quiet", "-b", "other", in: made.path)
        #expect(
            try await repository.check(path: made.path, branch: branch)
                == WorkspaceState(
                    problem: "the worktree \(made.path) is on branch `other`, and not on `\(branch)`",
                    branch: "other",
                    head: made.head
                )
        )
        try await fixture.git("checkout", "--quiet", branch, in: made.path)
        try await fixture.commit("README.md", "mine\n", in: made.path)
        try await fixture.commit("README.md", "theirs\n", in: fixture.root)
        _ = await refusal { try await fixture.git("rebase", "main", in: made.path) }
        let state = try await repository.check(path: made.path, branch: branch)
        #expect(
            state.problem == "the worktree \(made.path) is on no branch (a rebase is under way), and not on `\(branch)`"
        )
        #expect(state.branch == nil)
    }

    @Test
    func `P-09: a worktree that is gone, a link, or another's is a reason to stop`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let repository = try await fixture.repository()
        let stranger = try await GitFixture()
        let theirs = try await stranger.workspace()
        #expect(
            try await repository.check(path: theirs.path, branch: branch).problem
                == "\(theirs.path) is no linked worktree of \(fixture.root)"
        )
        #expect(
            try await repository.check(path: fixture.root, branch: "main").problem
                == "\(fixture.root) is no linked worktree of \(fixture.root)"
        )
        try await fixture.git("-c", "alias.x=!mv .worktrees/iss-1 elsewhere", "x")
        #expect(
            try await repository.check(path: made.path, branch: branch).problem == "the worktree \(made.path) is gone"
        )
        symlink(fixture.root + "/elsewhere", made.path)
        #expect(try await repository.check(path: made.path, branch: branch).isGood == false)
    }

    @Test
    func `a pipe in place of the tie does not make the hub wait`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        try Files.remove(made.path + "/.git")
        #expect(mkfifo(made.path + "/.git", 0o600) == 0)
        let state = try await fixture.repository().check(path: made.path, branch: branch)
        #expect(
            state.problem
                == "\(made.path) has no `.git` file that names its git folder: `git worktree repair` may mend it"
        )
    }

    @Test
    func `P-37: locks that a killed git left are removed before work goes on, and what others share is not`()
        async throws
    {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let repository = try await fixture.repository()
        let own = [
            made.gitDir + "/index.lock", made.gitDir + "/HEAD.lock", "\(made.commonDir)/refs/heads/\(branch).lock",
        ]
        let others = [made.commonDir + "/index.lock", "\(made.commonDir)/refs/heads/main.lock"]
        for lock in own + others { try write(lock, "") }
        #expect(try await repository.check(path: made.path, branch: branch).isGood)
        #expect(own.map { Files.kind($0) } == [.missing, .missing, .missing])
        #expect(others.map { Files.kind($0) } == [.file, .file])
        try await fixture.commit("x", "x", in: made.path)
    }

    @Test
    func `P-37: a worktree on another branch keeps its locks, as does one in which git works`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let repository = try await fixture.repository()
        let lock = made.gitDir + "/index.lock"
        try write(lock, "")
        #expect(try await repository.check(path: made.path, branch: "ai/other").isGood == false)
        #expect(Files.kind(lock) == .file)
        let working = Task { try await fixture.git("-c", "alias.x=!sleep 300", "x", in: made.path) }
        #expect(await eventually { !LiveProcesses.working(on: [made.path], isProgram: LiveProcesses.isGit).isEmpty })
        #expect(await refusal { try await repository.check(path: made.path, branch: branch) }?.code == .busy)
        #expect(Files.kind(lock) == .file)
        working.cancel()
        _ = await refusal { try await working.value }
    }
}
