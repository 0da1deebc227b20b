import Glibc
import OrchTestSupport
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct RemoveTests {
    private let branch = "ai/iss-1-a-title"

    @Test
    func `I12: a clean worktree goes, its branch stays`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let head = try await fixture.commit("x", "x", in: made.path)
        let repository = try await fixture.repository()
        let removal = try await repository.remove(name: "iss-1", agent: "iss-1", timestampMs: 7, base: "main")
        #expect(
            removal
                == Removal(
                    saved: SavedWork(
                        ref: "refs/orch/saved/iss-1/7",
                        commit: head,
                        nested: [],
                        isComplete: true,
                        branch: branch,
                        head: head
                    ),
                    keptAt: nil
                )
        )
        #expect(Files.kind(made.path) == .missing)
        #expect(Files.kind(made.gitDir) == .missing)
        #expect(try await fixture.git("rev-parse", branch) == head)
        let again = try await fixture.workspace()
        #expect(again.head == head)
        #expect(again.needsSetUp)
    }

    @Test
    func `I12: a worktree with uncommitted work is saved and moved aside, not deleted`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        try write(made.path + "/new", "precious\n")
        let repository = try await fixture.repository()
        let removal = try await repository.remove(name: "iss-1", agent: "iss-1", timestampMs: 7)
        let kept = fixture.root + "/.worktrees/.removed/iss-1-7"
        #expect(removal.keptAt == kept)
        #expect(try read(kept + "/new") == "precious\n")
        #expect(try await fixture.git("show", "refs/orch/saved/iss-1/7:new") == "precious")
        #expect(Files.kind(made.path) == .missing)
        #expect(try await fixture.git("worktree", "list").split(separator: "\n").count == 1)
        #expect(try await fixture.git("status", "--porcelain") == "")
    }

    @Test
    func `a removal that was cut off is completed, and one that is complete changes nothing`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        try await fixture.git("-c", "alias.x=!mv .worktrees/iss-1 aside", "x")
        let repository = try await fixture.repository()
        #expect(
            try await repository.remove(name: "iss-1", agent: "a", timestampMs: 1) == Removal(saved: nil, keptAt: nil)
        )
        #expect(Files.kind(made.gitDir) == .missing)
        #expect(
            await refusal { try await repository.remove(name: "iss-1", agent: "a", timestampMs: 1) }
                == WorkspaceError(
                    .notOurs,
                    "no worktree `iss-1` was made by orch in \(fixture.root): nothing is removed"
                )
        )
    }

    @Test
    func `P-32: what leads elsewhere is never removed`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let repository = try await fixture.repository()
        let treasure = try fixture.folder.folder("treasure")
        try fixture.folder.write("treasure/file", "x")
        try await fixture.git("-c", "alias.x=!mv .worktrees/iss-1 aside", "x")
        symlink(treasure, made.path)
        #expect(
            await refusal { try await repository.remove(name: "iss-1", agent: "a", timestampMs: 1) }?.code == .notOurs
        )
        #expect(try read(treasure + "/file") == "x")
        try Files.remove(made.path)
        symlink(fixture.root, made.path)
        #expect(
            await refusal { try await repository.remove(name: "iss-1", agent: "a", timestampMs: 1) }?.code == .notOurs
        )
        #expect(try read(fixture.root + "/README.md") == "hello\n")
        try Files.remove(made.path)
        try Files.remove(fixture.root + "/.worktrees")
        try fixture.folder.folder("moved/iss-1")
        symlink(fixture.folder.file("moved"), fixture.root + "/.worktrees")
        #expect(
            await refusal { try await repository.remove(name: "iss-1", agent: "a", timestampMs: 1) }?.code == .notOurs
        )
        #expect(Files.kind(fixture.folder.file("moved/iss-1")) == .folder)
    }

    @Test
    func `P-33: a marker that lies removes nothing`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let repository = try await fixture.repository()
        var marker = try #require(try WorkspaceMarker.read("iss-1", in: made.commonDir))
        for path in [fixture.root, fixture.folder.path, "/", made.path + "/src"] {
            marker.path = path
            try marker.write("iss-1", in: made.commonDir)
            #expect(
                await refusal { try await repository.remove(name: "iss-1", agent: "a", timestampMs: 1) }?.code
                    == .notOurs
            )
        }
        try write(fixture.root + "/.git/orch/worktrees/iss-1.json", "{broken")
        #expect(
            await refusal { try await repository.remove(name: "iss-1", agent: "a", timestampMs: 1) }?.code == .notOurs
        )
        #expect(try read(made.path + "/README.md") == "hello\n")
    }

    @Test
    func `P-22: a worktree that somebody works in stays`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let repository = try await fixture.repository()
        let working = Task { try await fixture.git("-c", "alias.x=!sleep 300", "x", in: made.path) }
        // Only git counts: a child of another test holds our files open between its fork and its exec.
        #expect(await eventually { !LiveProcesses.working(on: [made.path], isProgram: LiveProcesses.isGit).isEmpty })
        #expect(await refusal { try await repository.remove(name: "iss-1", agent: "a", timestampMs: 1) }?.code == .busy)
        working.cancel()
        _ = await refusal { try await working.value }
        #expect(Files.kind(made.path) == .folder)
    }

    @Test
    func `a locked worktree stays`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        try await fixture.git("worktree", "lock", made.path)
        let repository = try await fixture.repository()
        #expect(
            await refusal { try await repository.remove(name: "iss-1", agent: "a", timestampMs: 1) }
                == WorkspaceError(.locked, "\(made.path) is locked: `git worktree unlock` it first")
        )
    }
}
