import OrchTestSupport
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct RestoreTests {
    private let branch = "ai/iss-1-a-title"
    private let ref = "refs/orch/saved/iss-1/7"

    /// An agent's worktree with a commit, staged, changed, new and deleted files; its head.
    private func work(_ fixture: GitFixture) async throws -> Workspace {
        var made = try await fixture.workspace()
        made.head = try await fixture.commit("done", "done\n", in: made.path)
        try write(made.path + "/staged", "staged\n")
        try await fixture.git("add", "staged", in: made.path)
        try write(made.path + "/README.md", "changed\n")
        try write(made.path + "/odd 'na\"me\n🙂", "odd\n")
        try Files.remove(made.path + "/src/main.txt")
        return made
    }

    private func restored(_ fixture: GitFixture) -> String { fixture.root + "/.worktrees/undo-iss-1-7" }

    private func expectFiles(_ fixture: GitFixture, at path: String, status: String) async throws {
        #expect(try read(path + "/README.md") == "changed\n")
        #expect(try read(path + "/done") == "done\n")
        #expect(try read(path + "/odd 'na\"me\n🙂") == "odd\n")
        #expect(try read(path + "/staged") == "staged\n")
        #expect(Files.kind(path + "/src/main.txt") == .missing)
        #expect(try await fixture.git("status", "--porcelain", in: path) == status)
    }

    @Test
    func `I12: uncommitted work comes back as it was, staged and all, in a worktree of its own`() async throws {
        let fixture = try await GitFixture()
        let made = try await work(fixture)
        let status = try await fixture.git("status", "--porcelain", in: made.path)
        let repository = try await fixture.repository()
        _ = try await repository.remove(name: "iss-1", agent: "iss-1", timestampMs: 7)
        let retirement = try await repository.retire(
            branch: branch,
            expecting: made.head,
            agent: "iss-1",
            timestampMs: 8
        )
        guard case .retired = retirement else {
            Issue.record("it was \(retirement)")
            return
        }

        let back = try await repository.restore(ref)

        #expect(back.saved.branch == branch)
        #expect(back.branch == branch)
        #expect(back.madeBranch)
        #expect(back.head == made.head)
        #expect(back.worktree == restored(fixture))
        #expect(back.uncommitted == 4)
        #expect(!back.wasThere)
        try await expectFiles(fixture, at: restored(fixture), status: status)
        #expect(try await fixture.git("rev-parse", branch) == made.head)
        #expect(try await fixture.git("status", "--porcelain") == "")
        // What was saved is still there, and what is done there now is left alone.
        try write(restored(fixture) + "/README.md", "mine\n")
        let again = try await repository.restore(ref)
        #expect(again.wasThere)
        #expect(again.worktree == back.worktree)
        #expect(again.branch == branch)
        #expect(try read(restored(fixture) + "/README.md") == "mine\n")
        // It goes as any other worktree of ours does.
        let removal = try await repository.remove(name: "undo-iss-1-7", agent: "iss-1", timestampMs: 9)
        #expect(removal.saved?.ref == "refs/orch/saved/iss-1/9")
        #expect(try await repository.savedWork().map(\.time) == ["9", "8", "7"])
    }

    @Test
    func `I12: a branch that is in use or went on is left alone, and one beside it is made`() async throws {
        let fixture = try await GitFixture()
        let made = try await work(fixture)
        let status = try await fixture.git("status", "--porcelain", in: made.path)
        let repository = try await fixture.repository()
        _ = try await repository.save(path: made.path, agent: "iss-1", timestampMs: 7)
        let inUse = try await repository.restore(ref)
        #expect(inUse.branch == branch + "-restored")
        #expect(inUse.madeBranch)
        try await expectFiles(fixture, at: restored(fixture), status: status)
        try await expectFiles(fixture, at: made.path, status: status)
        // Gone from there, and its branch went on: the next one is another.
        try await fixture.git("add", "--all", in: restored(fixture))
        let next = try await fixture.commit("more", "more\n", in: restored(fixture))
        try await fixture.git("worktree", "remove", restored(fixture))
        let beside = try await repository.restore(ref)
        #expect(beside.branch == branch + "-restored-2")
        #expect(beside.head == made.head)
        try await expectFiles(fixture, at: restored(fixture), status: status)
        #expect(try await fixture.git("rev-parse", branch + "-restored") == next)
        #expect(try await fixture.git("rev-parse", branch) == made.head)
    }

    @Test
    func `a branch with all committed comes back without a worktree`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let head = try await fixture.commit("x", "x", in: made.path)
        let repository = try await fixture.repository()
        _ = try await repository.remove(name: "iss-1", agent: "iss-1", timestampMs: 7)
        // The branch has it all: nothing is to be made.
        let there = try await repository.restore(ref)
        #expect(!there.madeBranch)
        #expect(there.branch == branch)
        #expect(there.worktree == nil)
        _ = try await repository.retire(branch: branch, expecting: head, agent: "iss-1", timestampMs: 8)
        let back = try await repository.restore("refs/orch/saved/iss-1/8")
        #expect(back.madeBranch)
        #expect(back.branch == branch)
        #expect(try await fixture.git("rev-parse", branch) == head)
        // Elsewhere by now: it stays, and another is made.
        try await fixture.git("update-ref", "refs/heads/\(branch)", "main")
        let beside = try await repository.restore(ref)
        #expect(beside.branch == branch + "-restored")
        #expect(try await fixture.git("rev-parse", branch) == made.baseCommit)
        #expect(try await fixture.git("rev-parse", branch + "-restored") == head)
        #expect(try await fixture.git("worktree", "list").split(separator: "\n").count == 1)
    }

    @Test(arguments: GitRepository.Steps.Point.making + [.filesRestored])
    func `killed at any step, the next try ends as one without a kill`(point: GitRepository.Steps.Point) async throws {
        let fixture = try await GitFixture()
        let made = try await work(fixture)
        let status = try await fixture.git("status", "--porcelain", in: made.path)
        _ = try await fixture.repository().remove(name: "iss-1", agent: "iss-1", timestampMs: 7)
        let cut = try await fixture.repository(killedAt: point)
        #expect(await refusal { try await cut.restore(ref) }?.message == "killed at \(point)")
        let back = try await fixture.repository().restore(ref)
        #expect(!back.wasThere)
        #expect(back.branch == branch)
        #expect(!back.madeBranch)
        try await expectFiles(fixture, at: restored(fixture), status: status)
        #expect(try await fixture.git("worktree", "list").split(separator: "\n").count == 2)
    }

    @Test
    func `files that were put back in part are put back whole`() async throws {
        let fixture = try await GitFixture()
        let made = try await work(fixture)
        let status = try await fixture.git("status", "--porcelain", in: made.path)
        _ = try await fixture.repository().remove(name: "iss-1", agent: "iss-1", timestampMs: 7)
        let cut = try await fixture.repository(killedAt: .markedReady)
        _ = await refusal { try await cut.restore(ref) }
        let path = restored(fixture)
        try write(path + "/staged", "sta")
        try Files.remove(path + "/src/main.txt")
        try write(fixture.root + "/.git/worktrees/undo-iss-1-7/index.lock", "")
        _ = try await fixture.repository().restore(ref)
        try await expectFiles(fixture, at: path, status: status)
    }

    @Test
    func `a detached worktree's work gets a branch, and so does what an earlier version saved`() async throws {
        let fixture = try await GitFixture()
        let made = try await work(fixture)
        try await fixture.git("checkout", "--quiet", "--detach", in: made.path)
        let repository = try await fixture.repository()
        let saved = try #require(try await repository.save(path: made.path, agent: "iss-1", timestampMs: 7))
        #expect(saved.branch == nil)
        #expect(try await repository.restore(ref).branch == "restored/iss-1-7")
        // Without a label, its commit tells what was committed.
        try await fixture.git("update-ref", "refs/orch/saved/old/3", saved.commit)
        try await fixture.git("update-ref", "refs/orch/saved/old/2", made.head)
        let old = try await repository.savedWork(of: "old")
        #expect(old.map(\.hasUncommitted) == [true, false])
        #expect(old.map(\.head) == [made.head, made.head])
        let back = try await repository.restore("refs/orch/saved/old/3")
        #expect(back.branch == "restored/old-3")
        #expect(back.uncommitted == 4)
        #expect(try await repository.restore("refs/orch/saved/old/2").branch == "restored/old-2")
    }

    @Test
    func `what is not saved is not brought back, and what is in the way stays`() async throws {
        let fixture = try await GitFixture()
        _ = try await work(fixture)
        let repository = try await fixture.repository()
        for wrong in ["refs/heads/main", "refs/orch/saved", "refs/orch/saved/iss-1", ref, "main", ""] {
            #expect(await refusal { try await repository.restore(wrong) }?.code == .noSuchRef)
        }
        _ = try await repository.remove(name: "iss-1", agent: "iss-1", timestampMs: 7)
        try write(fixture.folder.file("repo/.worktrees/undo-iss-1-7"), "a file")
        #expect(await refusal { try await repository.restore(ref) }?.code == .notOurs)
        #expect(try read(restored(fixture)) == "a file")
    }

    @Test
    func `what is saved is listed newest first, with all that is known of it`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let repository = try await fixture.repository()
        #expect(try await repository.savedWork() == [])
        try write(made.path + "/x", "1")
        let first = try await repository.save(path: made.path, agent: "b", timestampMs: 5_000)
        try write(made.path + "/x", "2")
        let second = try await repository.save(path: made.path, agent: "b", timestampMs: 5_000)
        try await fixture.git("clone", "--quiet", fixture.root, made.path + "/sub\n", in: fixture.folder.path)
        try await fixture.git("add", "sub\n", in: made.path)
        let third = try await repository.save(path: made.path, agent: "a", timestampMs: 40_000)
        #expect(third?.nested == ["sub\n"])
        #expect(try await repository.savedWork() == [third, second, first].compactMap { $0 })
        #expect(try await repository.savedWork(of: "b") == [second, first].compactMap { $0 })
        #expect(second?.time == "5000-2")
        #expect(second?.savedAtMs == 5_000)
        #expect(first?.hasUncommitted == true)
        // Somebody's own tag there is listed too.
        try await fixture.git("tag", "-a", "-m", "note", "note", "main")
        try await fixture.git("update-ref", "refs/orch/saved/x/1", "refs/tags/note")
        #expect(try await repository.savedWork(of: "x").map(\.commit) == [made.baseCommit])
        #expect(try await fixture.git("fsck", "--strict") == "")
    }
}
