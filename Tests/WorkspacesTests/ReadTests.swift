import Glibc
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct ReadTests {
    @Test
    func `the default branch is the configured one, else that of the main worktree`() async throws {
        let fixture = try await GitFixture()
        try await fixture.git("branch", "stable")
        let repository = try await fixture.repository()
        #expect(try await repository.defaultBranch() == "main")
        #expect(try await repository.defaultBranch(configured: "stable") == "stable")
        let missing = await refusal { try await repository.defaultBranch(configured: "nope") }
        #expect(
            missing
                == WorkspaceError(
                    .noSuchRef,
                    "there is no local branch `nope` to begin from: make it, or change the base branch setting"
                )
        )
        try await fixture.git("checkout", "--quiet", "--detach")
        let detached = await refusal { try await repository.defaultBranch() }
        #expect(
            detached
                == WorkspaceError(
                    .noSuchRef,
                    "the main worktree \(fixture.root) is on no branch (detached HEAD): check one out, or set the base branch"
                )
        )
    }

    @Test
    func `a name that looks like an option is no commit`() async throws {
        let fixture = try await GitFixture()
        let repository = try await fixture.repository()
        let head = try await fixture.git("rev-parse", "HEAD")
        #expect(try await repository.commit(of: "main") == head)
        #expect(try await repository.commit(of: head) == head)
        for name in ["--all", "-h", "", "nope", "main:README.md", "a b", "$(id)"] {
            #expect(try await repository.commit(of: name) == nil, "\(name)")
        }
    }

    @Test
    func `P-72: files are read as the commit has them, not as a worktree has them`() async throws {
        let fixture = try await GitFixture()
        try write(fixture.root + "/README.md", "changed\n")
        let repository = try await fixture.repository()
        #expect(try await repository.show("README.md", at: "main") == "hello\n")
        #expect(try await repository.show("src/main.txt", at: "main") == "one\n")
        #expect(try await repository.show("WORKFLOW.md", at: "main") == nil)
        #expect(try await repository.show("*.md", at: "main") == nil)
    }

    @Test
    func `what is no regular file, or too large, is refused`() async throws {
        let fixture = try await GitFixture()
        symlink("/etc/passwd", fixture.root + "/WORKFLOW.md")
        try await fixture.commit("big", String(repeating: "x", count: 2_000), in: fixture.root)
        let repository = try await fixture.repository()
        #expect(
            await refusal { try await repository.show("WORKFLOW.md", at: "main") }
                == WorkspaceError(.refused, "WORKFLOW.md in main is no regular file")
        )
        #expect(await refusal { try await repository.show("src", at: "main") }?.code == .refused)
        #expect(await refusal { try await repository.show("big", at: "main", limit: 1_000) }?.code == .outputTooLarge)
        #expect(await refusal { try await repository.show("big", at: "nope") }?.code == .noSuchRef)
    }

    @Test
    func `bytes that are no text are repaired`() async throws {
        let fixture = try await GitFixture()
        try Files.replace(fixture.root + "/odd", with: [0x61, 0xFF, 0x62])
        try await fixture.git("add", "odd")
        try await fixture.git("commit", "--quiet", "-m", "odd")
        #expect(try await fixture.repository().show("odd", at: "main") == "a\u{FFFD}b")
    }
}
