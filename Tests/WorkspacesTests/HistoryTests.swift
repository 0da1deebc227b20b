import OrchTestSupport
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct HistoryTests {
    @Test
    func `conflicts with the base are found without touching anything`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        try write(made.path + "/odd \"name\"\n", "mine\n")
        let head = try await fixture.commit("README.md", "mine\n", in: made.path)
        let repository = try await fixture.repository()
        #expect(try await repository.conflicts(head: head, base: "main") == [])
        try write(fixture.root + "/odd \"name\"\n", "theirs\n")
        let base = try await fixture.commit("README.md", "theirs\n", in: fixture.root)
        try write(fixture.root + "/README.md", "uncommitted\n")
        let refs = try await fixture.git("for-each-ref")
        #expect(try await repository.conflicts(head: head, base: base) == ["README.md", "odd \"name\"\n"])
        #expect(try await repository.conflicts(head: made.baseCommit, base: base) == [])
        #expect(try read(fixture.root + "/README.md") == "uncommitted\n")
        #expect(try await fixture.git("status", "--porcelain") == "M README.md")
        #expect(try await fixture.git("status", "--porcelain", in: made.path) == "")
        #expect(try await fixture.git("for-each-ref") == refs)
    }

    @Test
    func `what can't be merged at all is not told`() async throws {
        let fixture = try await GitFixture()
        let repository = try await fixture.repository()
        let alien = try await fixture.git("commit-tree", "main^{tree}", "-m", "alien")
        #expect(try await repository.conflicts(head: alien, base: "main") == nil)
        #expect(try await repository.conflicts(head: String(repeating: "1", count: 40), base: "main") == nil)
        var old = try await Git.find(in: fixture.environment)
        old.version = GitVersion(major: 2, minor: 37, patch: 9)
        let another = GitRepository(root: repository.root, gitDir: repository.gitDir, git: old)
        #expect(try await another.conflicts(head: "main", base: "main") == nil)
    }

    @Test
    func `ancestors are told and commits counted`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let repository = try await fixture.repository()
        #expect(try await repository.commitsBetween(base: "main", head: made.branch) == 0)
        try await fixture.commit("x", "1", in: made.path)
        let head = try await fixture.commit("x", "2", in: made.path)
        #expect(try await repository.commitsBetween(base: "main", head: head) == 2)
        #expect(try await repository.commitsBetween(base: head, head: "main") == 0)
        #expect(try await repository.isAncestor("main", of: head))
        #expect(try await repository.isAncestor(head, of: head))
        #expect(try await repository.isAncestor(head, of: "main") == false)
        let missing = String(repeating: "1", count: 40)
        #expect(await refusal { try await repository.isAncestor(missing, of: "main") }?.code == .noSuchRef)
        #expect(await refusal { try await repository.commitsBetween(base: "main", head: "--all") }?.code == .noSuchRef)
    }
}
