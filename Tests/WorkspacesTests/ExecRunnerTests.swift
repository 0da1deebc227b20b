import OrchTestSupport
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct ExecRunnerTests {
    @Test
    func `git runs in the worktree that was named`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        try write(made.path + "/new", "x")
        let runner = ExecRunner(repository: try await fixture.repository(), environment: fixture.environment)
        let status = try await runner.run(["git", "status", "--short", "--branch"], in: made.path, limit: .seconds(60))
        #expect(status.output == "## ai/iss-1-a-title\n?? new\n")
        let inside = try await runner.run(
            ["git", "rev-parse", "--show-prefix"],
            in: made.path + "/src",
            limit: .seconds(60)
        )
        #expect(inside.output == "src/\n")
        let main = try await runner.run(
            ["git", "rev-parse", "--abbrev-ref", "HEAD"],
            in: fixture.root,
            limit: .seconds(60)
        )
        #expect(main.output == "main\n")
        let failed = try await runner.run(["git", "show", "nope"], in: made.path, limit: .seconds(60))
        #expect(failed.exitCode == 128)
        #expect(failed.output.hasPrefix("fatal: "))
    }

    @Test
    func `no shell sees the arguments`() async throws {
        let fixture = try await GitFixture()
        let runner = ExecRunner(repository: try await fixture.repository(), environment: fixture.environment)
        let outcome = try await runner.run(
            ["git", "log", "--format=$(touch \(fixture.folder.file("ran"))) `id` ; %s", "-1"],
            in: fixture.root,
            limit: .seconds(60)
        )
        #expect(outcome.output == "$(touch \(fixture.folder.file("ran"))) `id` ; first\n")
        #expect(Files.kind(fixture.folder.file("ran")) == .missing)
    }

    @Test
    func `only git and gh are run, in our folders`() async throws {
        let fixture = try await GitFixture()
        let runner = ExecRunner(repository: try await fixture.repository(), environment: fixture.environment)
        func refused(_ argv: [String], _ folder: String? = nil) async -> WorkspaceError? {
            await refusal { try await runner.run(argv, in: folder ?? fixture.root, limit: .seconds(60)) }
        }
        #expect(await refused(["rm", "-rf", "/"]) == WorkspaceError(.refused, "only git and gh are run, and not `rm`"))
        #expect(await refused([]) == WorkspaceError(.refused, "only git and gh are run, and not ``"))
        #expect(await refused(["/usr/bin/git", "status"])?.code == .refused)
        #expect(
            await refused(["git", "-c", "alias.x=!id", "x"])
                == WorkspaceError(.refused, "`git` must be followed by a subcommand, not by an option")
        )
        #expect(
            await refused(["git", "diff", "--ext-diff"])
                == WorkspaceError(.refused, "`--ext-diff` could make git run other programs")
        )
        #expect(await refused(["git", "show", "--textc"])?.code == .refused)
        #expect(await refused(["git", "diff", "--text", "--textconv"])?.code == .refused)
        #expect(await refused(["git", "grep", "--", "--textconv"]) == nil)
        #expect(
            await refused(["git", "status"], "/")
                == WorkspaceError(.notOurs, "/ is neither in \(fixture.root) nor in one of its worktrees")
        )
        #expect(await refused(["git", "status"], fixture.root + "/nope")?.code == .notOurs)
    }

    @Test
    func `gh gets the settings that keep git from running programs, and no token`() async throws {
        let fixture = try await GitFixture()
        let made = try await fixture.workspace()
        try fixture.folder.folder("bin")
        try writeProgram(
            fixture.folder.file("bin/gh"),
            "#!/bin/sh\necho \"$@\"\ngit config --get core.fsmonitor\n/usr/bin/env\n"
        )
        var environment = fixture.environment
        environment["PATH"] = "\(fixture.folder.file("bin")):\(environment["PATH"] ?? "")"
        let runner = ExecRunner(repository: try await fixture.repository(), environment: environment)
        let outcome = try await runner.run(["gh", "pr", "view"], in: made.path, limit: .seconds(60))
        #expect(outcome.output.hasPrefix("pr view\nfalse\n"))
        #expect(!outcome.output.contains("GITHUB_TOKEN"))
        #expect(!outcome.output.contains("ORCH_TEST"))
        #expect(outcome.output.contains("\nGIT_DIR=\(made.gitDir)\n"))
        #expect(outcome.output.contains("\nGH_PROMPT_DISABLED=1\n"))
    }

    @Test
    func `a command that takes too long is ended`() async throws {
        let fixture = try await GitFixture()
        try fixture.folder.folder("bin")
        try writeProgram(fixture.folder.file("bin/gh"), "#!/bin/sh\nsleep 300\n")
        var environment = fixture.environment
        environment["PATH"] = "\(fixture.folder.file("bin")):\(environment["PATH"] ?? "")"
        let runner = ExecRunner(repository: try await fixture.repository(), environment: environment)
        let outcome = try await runner.run(["gh", "x"], in: fixture.root, limit: .milliseconds(300))
        #expect(outcome.didTimeOut)
    }
}
