import OrchTestSupport
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct HookRunnerTests {
    private let outer = [
        "PATH": ProcessEnvironment.inherited["PATH"] ?? "/usr/bin:/bin", "HOME": "/nonexistent", "GITHUB_TOKEN": "t1",
        "GH_TOKEN": "t2",
        "OPENAI_API_KEY": "t3", "GIT_DIR": "/x", "BASH_ENV": "/nonexistent/evil", "ENV": "/nonexistent/evil",
        "LD_PRELOAD": "/nonexistent",
    ]

    @Test
    func `a hook runs in its folder and tells how it ended`() async throws {
        let folder = try TemporaryDirectory()
        let outcome = try await HookRunner(environment: outer).run(
            "set -e\npwd\necho problem >&2\nexit 3",
            in: folder.path,
            limit: .seconds(60)
        )
        #expect(outcome.output == "\(folder.path)\nproblem\n")
        #expect(outcome.exitCode == 3)
        #expect(!outcome.isSuccess)
        #expect(!outcome.didTimeOut)
    }

    @Test
    func `I10: a hook sees the hub's variables and no secret`() async throws {
        let folder = try TemporaryDirectory()
        let outcome = try await HookRunner(environment: outer).run(
            "/usr/bin/env",
            in: folder.path,
            variables: ["ORCH_ISSUE": "12"],
            limit: .seconds(60)
        )
        let names = outcome.output.split(separator: "\n").compactMap { $0.split(separator: "=").first.map(String.init) }
        #expect(names.contains("ORCH_ISSUE"))
        #expect(
            Set(names).subtracting(["PWD", "SHLVL", "_", "OLDPWD"]) == [
                "PATH", "HOME", "TERM", "GIT_TERMINAL_PROMPT", "ORCH_ISSUE",
            ]
        )
    }

    @Test
    func `a hook that takes too long is ended`() async throws {
        let folder = try TemporaryDirectory()
        let outcome = try await HookRunner(environment: outer).run(
            "echo begun; sleep 300",
            in: folder.path,
            limit: .milliseconds(300)
        )
        #expect(outcome.didTimeOut)
        #expect(outcome.exitCode == 124)
        #expect(outcome.output == "begun\n")
    }

    @Test
    func `I7: a hook's output is bounded`() async throws {
        let folder = try TemporaryDirectory()
        let outcome = try await HookRunner(environment: outer).run(
            "head -c 1000000 /dev/zero | tr '\\0' x; echo end",
            in: folder.path,
            limit: .seconds(60)
        )
        #expect(outcome.isCut)
        #expect(outcome.output.utf8.count < HookRunner.outputLimit + 100)
        #expect(outcome.output.hasSuffix("end\n"))
    }
}
