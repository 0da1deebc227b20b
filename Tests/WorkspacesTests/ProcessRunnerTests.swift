import Glibc
import OrchTestSupport
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct ProcessRunnerTests {
    private func sh(
        _ script: String,
        limit: Duration = .seconds(60),
        outputLimit: Int = 1 << 20,
        merges: Bool = false,
        environment: [String: String] = ["PATH": ProcessEnvironment.inherited["PATH"] ?? "/usr/bin:/bin"]
    ) -> ProcessRequest {
        ProcessRequest(
            program: "/bin/sh",
            arguments: ["-c", script],
            environment: environment,
            directory: "/",
            limit: limit,
            outputLimit: outputLimit,
            mergesError: merges
        )
    }

    @Test
    func `a program's outputs and exit code are kept apart`() async throws {
        let outcome = try await ProcessRunner.run(sh("echo out; echo err >&2; exit 7"))
        #expect(outcome.status == .exited(7))
        #expect(outcome.exitCode == 7)
        #expect(outcome.output.text == "out\n")
        #expect(outcome.error.text == "err\n")
    }

    @Test
    func `merged outputs keep their order`() async throws {
        let outcome = try await ProcessRunner.run(sh("echo 1; echo 2 >&2; echo 3", merges: true))
        #expect(outcome.output.text == "1\n2\n3\n")
    }

    @Test
    func `a signal is told as such`() async throws {
        let outcome = try await ProcessRunner.run(sh("kill -USR1 $$"))
        #expect(outcome.status == .signalled(SIGUSR1))
        #expect(outcome.exitCode == 128 + Int(SIGUSR1))
    }

    @Test
    func `nothing of five megabytes is lost when the program ends at once`() async throws {
        for _ in 0..<5 {
            let outcome = try await ProcessRunner.run(
                sh("head -c 5000000 /dev/zero | tr '\\0' x; printf end", outputLimit: 12 << 20)
            )
            #expect(outcome.output.total == 5_000_003)
            #expect(outcome.output.bytes.suffix(3) == Array("end".utf8)[...])
        }
    }

    @Test
    func `of too much output the beginning and the end are kept`() async throws {
        let outcome = try await ProcessRunner.run(
            sh("printf begin; head -c 3000000 /dev/zero | tr '\\0' x; printf end", outputLimit: 1_000)
        )
        #expect(outcome.output.isCut)
        #expect(outcome.output.text.hasPrefix("beginxxx"))
        #expect(outcome.output.text.hasSuffix("xxxend"))
        #expect(outcome.output.text.contains("2999008 bytes left out"))
    }

    @Test
    func `the environment is only what was given`() async throws {
        let outcome = try await ProcessRunner.run(sh("/usr/bin/env", environment: ["A": "1", "B": "zwei = zwei"]))
        let lines = outcome.output.text.split(separator: "\n").filter {
            !$0.hasPrefix("PWD=") && !$0.hasPrefix("_=") && !$0.hasPrefix("SHLVL=")
        }
        #expect(lines.sorted() == ["A=1", "B=zwei = zwei"])
    }

    @Test
    func `a program that takes too long is ended, with all that it started`() async throws {
        let folder = try TemporaryDirectory()
        let outcome = try await ProcessRunner.run(
            sh("trap '' TERM; (trap '' TERM; echo $$; exec sleep 300) & wait", limit: .milliseconds(300))
        )
        #expect(outcome.status == .timedOut)
        #expect(outcome.exitCode == 124)
        _ = folder
    }

    @Test
    func `a program that closes its outputs and goes on is ended too`() async throws {
        let outcome = try await ProcessRunner.run(sh("exec >&- 2>&-; sleep 300", limit: .milliseconds(300)))
        #expect(outcome.status == .timedOut)
    }

    @Test
    func `what a program leaves behind in its group is ended with it`() async throws {
        let folder = try TemporaryDirectory()
        let outcome = try await ProcessRunner.run(sh("cd '\(folder.path)' && sleep 300 >/dev/null 2>&1 & echo started"))
        #expect(outcome.status == .exited(0))
        #expect(await eventually { LiveProcesses.working(on: [folder.path]).isEmpty })
    }

    @Test
    func `a grandchild that holds the output does not delay the end`() async throws {
        let outcome = try await ProcessRunner.run(sh("sleep 300 & echo done"))
        #expect(outcome.status == .exited(0))
        #expect(outcome.output.text == "done\n")
    }

    @Test
    func `cancelling the caller ends the program`() async throws {
        let folder = try TemporaryDirectory()
        let task = Task { try await ProcessRunner.run(sh("cd '\(folder.path)' && exec sleep 300")) }
        #expect(await eventually { !LiveProcesses.working(on: [folder.path]).isEmpty })
        task.cancel()
        let error = await refusal { try await task.value }
        #expect(error?.code == .cancelled)
        #expect(await eventually { LiveProcesses.working(on: [folder.path]).isEmpty })
    }

    @Test
    func `what can't be run is said`() async throws {
        var request = sh("true")
        request.program = "/nonexistent/program"
        #expect(
            await refusal { try await ProcessRunner.run(request) }
                == WorkspaceError(.cannotStart, "/nonexistent/program is not there or can't be executed")
        )
        request = sh("true")
        request.directory = "/nonexistent"
        #expect(
            await refusal { try await ProcessRunner.run(request) }
                == WorkspaceError(
                    .cannotStart,
                    "sh can't run in /nonexistent: there is no such folder, or it is closed to us"
                )
        )
        request = sh("true")
        request.arguments.append("a\0b")
        #expect(await refusal { try await ProcessRunner.run(request) }?.code == .badName)
    }

    @Test
    func `relative parts of PATH are passed over`() throws {
        let folder = try TemporaryDirectory()
        try writeProgram(folder.file("tool"), "#!/bin/sh\n")
        try write(folder.file("data"), "")
        #expect(ExecutableSearch.find("tool", path: ".:\(folder.path)") == folder.file("tool"))
        #expect(ExecutableSearch.find("tool", path: "..:") == nil)
        #expect(ExecutableSearch.find("data", path: folder.path) == nil)
    }
}
