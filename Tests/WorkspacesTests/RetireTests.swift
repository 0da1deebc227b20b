import Glibc
import OrchTestSupport
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct RetireTests {
    private let branch = "ai/iss-1-a-title"

    /// A branch with one commit and no worktree.
    private func merged(_ fixture: GitFixture) async throws -> String {
        let made = try await fixture.workspace()
        let head = try await fixture.commit("x", "x", in: made.path)
        _ = try await fixture.repository().remove(name: "iss-1", agent: "iss-1", timestampMs: 1, base: branch)
        return head
    }

    private func retire(_ repository: GitRepository, _ commit: String, at time: Int64 = 7) async throws -> Retirement {
        try await repository.retire(branch: branch, expecting: commit, agent: "iss-1", timestampMs: time)
    }

    private func saved(_ head: String) -> SavedWork {
        SavedWork(
            ref: "refs/orch/saved/iss-1/7",
            commit: head,
            nested: [],
            isComplete: true,
            branch: branch,
            head: head
        )
    }

    @Test
    func `I12: a merged branch goes, and its commit is kept`() async throws {
        let fixture = try await GitFixture()
        let head = try await merged(fixture)
        let repository = try await fixture.repository()
        #expect(try await retire(repository, head) == .retired(saved(head)))
        #expect(try await fixture.git("for-each-ref", "--format=%(refname)", "refs/heads") == "refs/heads/main")
        #expect(try await fixture.git("rev-parse", "refs/orch/saved/iss-1/7^{commit}") == head)
        try await fixture.git("reflog", "expire", "--expire=now", "--all")
        try await fixture.git("gc", "--quiet", "--prune=now")
        #expect(try await fixture.git("cat-file", "-t", head) == "commit")
        // A second time, also later, it is done already.
        #expect(try await retire(repository, head) == .retired(saved(head)))
        #expect(try await retire(repository, head, at: 8) == .retired(saved(head)))
        #expect(try await repository.savedWork() == [saved(head)])
    }

    @Test
    func `sandboxes of other agents keep the folders that they open`() async throws {
        let fixture = try await GitFixture()
        let head = try await merged(fixture)
        try await fixture.git("update-ref", "refs/heads/ai/iss-2", head)
        try await fixture.git("pack-refs", "--all")
        #expect(try await retire(fixture.repository(), head) == .retired(saved(head)))
        #expect(Files.kind(fixture.root + "/.git/refs/heads/ai") == .folder)
        #expect(Files.kind(fixture.root + "/.git/logs/refs/heads/ai") == .folder)
        #expect(try await fixture.git("rev-parse", "ai/iss-2") == head)
    }

    @Test
    func `I12: a branch that moved on stays`() async throws {
        let fixture = try await GitFixture()
        let head = try await merged(fixture)
        let repository = try await fixture.repository()
        let base = try await fixture.git("rev-parse", "main")
        guard case .kept(let reason) = try await retire(repository, base) else {
            Issue.record("it was not kept")
            return
        }
        #expect(reason == "the branch `\(branch)` is at \(head.prefix(12)) now, and not at \(base.prefix(12))")
        #expect(try await fixture.git("rev-parse", branch) == head)
        #expect(try await repository.savedWork() == [])
    }

    @Test
    func `a branch that is checked out or being rebased stays`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let head = try await fixture.commit("README.md", "mine\n", in: made.path)
        let repository = try await fixture.repository()
        let kept = Retirement.kept("the branch `\(branch)` is checked out in \(made.path)")
        #expect(try await retire(repository, head) == kept)
        try await fixture.commit("README.md", "theirs\n", in: fixture.root)
        _ = await refusal { try await fixture.git("rebase", "main", in: made.path) }
        #expect(try AdminEntry.branch(in: made.gitDir) == nil)
        #expect(try await retire(repository, head) == kept)
        try await fixture.git("rebase", "--abort", in: made.path)
        _ = try await repository.remove(name: "iss-1", agent: "iss-1", timestampMs: 1)
        try await fixture.git("checkout", "--quiet", branch)
        #expect(
            try await retire(repository, head)
                == .kept("the branch `\(branch)` is checked out in \(fixture.root)")
        )
        #expect(try await fixture.git("rev-parse", branch) == head)
    }

    @Test
    func `I12: a branch that an agent made a name of another takes nothing with it`() async throws {
        let fixture = try await GitFixture()
        let head = try await merged(fixture)
        try await fixture.git("update-ref", "refs/heads/main", head)
        try await fixture.git("checkout", "--quiet", "--detach")
        try write("\(fixture.root)/.git/refs/heads/\(branch)", "ref: refs/heads/main\n")
        let repository = try await fixture.repository()
        #expect(
            try await retire(repository, head)
                == .kept("the branch `\(branch)` only names another branch (a symbolic ref)")
        )
        #expect(try await fixture.git("rev-parse", "main") == head)
        try await fixture.git("update-ref", "refs/orch/saved/iss-1/1", head)
        try Files.makeFolders(fixture.root + "/.git/refs/heads/restored")
        try write(fixture.root + "/.git/refs/heads/restored/iss-1-1", "ref: refs/heads/planted\n")
        #expect(try await repository.restore("refs/orch/saved/iss-1/1").branch == "restored/iss-1-1")
        #expect(try await fixture.git("rev-parse", "restored/iss-1-1") == head)
        #expect(try await repository.commit(of: "refs/heads/planted") == nil)
    }

    @Test
    func `a branch that is not there is gone`() async throws {
        let fixture = try await GitFixture()
        let repository = try await fixture.repository()
        let main = try await fixture.git("rev-parse", "main")
        #expect(try await retire(repository, main) == .gone)
        #expect(
            await refusal {
                try await repository.retire(branch: "a..b", expecting: main, agent: "a", timestampMs: 1)
            }?.code == .badName
        )
        try await fixture.git("branch", branch)
        #expect(
            await refusal {
                try await repository.retire(branch: branch, expecting: main, agent: "a..b", timestampMs: 1)
            }?.code == .badName
        )
        #expect(try await fixture.git("rev-parse", branch) == main)
    }

    @Test(arguments: [GitRepository.Steps.Point.branchSaved, .branchDeleted])
    func `killed at any step, the next try ends as one without a kill`(point: GitRepository.Steps.Point) async throws {
        let fixture = try await GitFixture()
        let head = try await merged(fixture)
        let cut = try await fixture.repository(killedAt: point)
        #expect(await refusal { try await retire(cut, head) }?.message == "killed at \(point)")
        let repository = try await fixture.repository()
        #expect(try await retire(repository, head) == .retired(saved(head)))
        #expect(try await fixture.git("for-each-ref", "--format=%(refname)", "refs/heads") == "refs/heads/main")
        #expect(try await repository.savedWork() == [saved(head)])
        #expect(Files.names(in: fixture.root + "/.git/orch") == ["worktrees"])
    }

    @Test
    func `an old lock of a killed agent's git is in nobody's way`() async throws {
        let fixture = try await GitFixture()
        let head = try await merged(fixture)
        let lock = "\(fixture.root)/.git/refs/heads/\(branch).lock"
        try write(lock, "")
        let repository = try await fixture.repository()
        #expect(await refusal { try await retire(repository, head) }?.mayPass == true)
        #expect(try await fixture.git("rev-parse", branch) == head)
        var times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
        utimensat(AT_FDCWD, lock, &times, 0)
        #expect(try await retire(repository, head) == .retired(saved(head)))
    }
}
