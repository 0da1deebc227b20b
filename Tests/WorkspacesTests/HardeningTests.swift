import OrchTestSupport
import Testing

@testable import Workspaces

/// An agent can write its worktree and its worktree's own git folder: none of it may make the hub run a program.
@Suite(.timeLimit(.minutes(2)))
struct HardeningTests {
    private let branch = "ai/iss-1-a-title"

    /// A program that leaves a trace.
    private func trap(_ fixture: GitFixture) throws -> String {
        let program = fixture.folder.file("evil")
        try writeProgram(program, "#!/bin/sh\ntouch '\(fixture.folder.file("ran"))'\nexit 0\n")
        return program
    }

    private func settings(_ program: String) -> String {
        """
        [core]
        \tfsmonitor = \(program)
        \thooksPath = \(program)-hooks
        \tpager = \(program)
        [diff]
        \texternal = \(program)
        [diff "evil"]
        \ttextconv = \(program)
        \tcommand = \(program)
        [filter "evil"]
        \tclean = \(program)
        \tsmudge = \(program)

        """
    }

    private func askEverything(_ fixture: GitFixture, _ made: Workspace) async throws {
        let repository = try await fixture.repository()
        _ = await refusal { try await repository.check(path: made.path, branch: branch, lastHead: made.head) }
        _ = await refusal { try await repository.inspect(path: made.path, baseCommit: made.baseCommit) }
        _ = await refusal { try await repository.save(path: made.path, agent: "iss-1", timestampMs: 1_000) }
        let runner = ExecRunner(repository: repository, environment: fixture.environment)
        for argv in [
            ["git", "status"], ["git", "diff"], ["git", "log", "-p"], ["git", "show"], ["git", "blame", "README.md"],
        ] {
            _ = await refusal { try await runner.run(argv, in: made.path, limit: .seconds(60)) }
        }
        _ = await refusal { try await repository.prepare(name: "iss-1", branch: branch, baseRef: "main") }
        _ = await refusal { try await repository.remove(name: "iss-1", agent: "iss-1", timestampMs: 2_000) }
    }

    @Test
    func `a git folder that names another repository's settings is not followed`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let program = try trap(fixture)
        try await fixture.git("clone", "--quiet", "--bare", fixture.root, made.path + "/fake", in: fixture.folder.path)
        try write(made.path + "/fake/config", settings(program))
        try write(made.gitDir + "/commondir", made.path + "/fake\n")
        try write(made.path + "/.gitattributes", "* diff=evil filter=evil\n")
        try await askEverything(fixture, made)
        #expect(Files.kind(fixture.folder.file("ran")) == .missing)
    }

    @Test
    func `a tie to a repository of the agent's own making is refused`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let program = try trap(fixture)
        try await fixture.git("clone", "--quiet", fixture.root, made.path + "/fake", in: fixture.folder.path)
        try write(made.path + "/fake/.git/config", settings(program))
        try write(made.path + "/.git", "gitdir: \(made.path)/fake/.git\n")
        try await askEverything(fixture, made)
        #expect(Files.kind(fixture.folder.file("ran")) == .missing)
    }

    @Test
    func `a repository inside the worktree is not entered`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let program = try trap(fixture)
        try await fixture.git("clone", "--quiet", fixture.root, made.path + "/sub", in: fixture.folder.path)
        try await fixture.git("add", "sub", in: made.path)
        try await fixture.git("commit", "--quiet", "-m", "sub", in: made.path)
        try write(made.path + "/sub/.git/config", "[core]\n\trepositoryformatversion = 0\n" + settings(program))
        try write(made.path + "/sub/README.md", "changed\n")
        try write(made.path + "/sub/.gitattributes", "* diff=evil filter=evil\n")
        try await askEverything(fixture, made)
        #expect(Files.kind(fixture.folder.file("ran")) == .missing)
    }

    @Test
    func `settings of the worktree's own are refused when they could run a program`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let program = try trap(fixture)
        try await fixture.git("config", "extensions.worktreeConfig", "true")
        try write(made.gitDir + "/config.worktree", settings(program))
        try write(made.path + "/.gitattributes", "* diff=evil filter=evil\n")
        let repository = try await fixture.repository()
        let state = try await repository.check(path: made.path, branch: branch)
        #expect(
            state.problem
                == "\(made.gitDir)/config.worktree sets core.fsmonitor, which could make git run programs outside the sandbox: "
                + "remove it from there"
        )
        try await askEverything(fixture, made)
        #expect(Files.kind(fixture.folder.file("ran")) == .missing)
        try write(made.gitDir + "/config.worktree", "[core]\n\tsparseCheckout = false\n")
        #expect(try await repository.check(path: made.path, branch: branch).isGood)
    }

    @Test
    func `monitors and pagers of the user's own settings are not run either`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        let program = try trap(fixture)
        try await fixture.git("config", "core.fsmonitor", program)
        try await fixture.git("config", "core.pager", program)
        try await fixture.git("config", "diff.external", program)
        try write(made.path + "/README.md", "changed\n")
        try await askEverything(fixture, made)
        #expect(Files.kind(fixture.folder.file("ran")) == .missing)
    }
}
