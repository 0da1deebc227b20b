import CodexAppServer
import Foundation
import Glibc
import OrchTestSupport
import Testing

/// Launching, without a codex: what a started program gets.
@Suite(.timeLimit(.minutes(1)))
struct AppServerLauncherTests {
    private func launcher(_ script: String, _ directory: TemporaryDirectory) throws -> AppServerLauncher {
        let program = try directory.program("program", "#!/bin/sh\n\(script)\n")
        return AppServerLauncher(
            codex: program,
            socket: directory.file("s"),
            token: "launch-\(UUID().uuidString)",
            logPath: directory.file("log"),
            folder: directory.path,
            environment: ["PATH": "/usr/bin:/bin", "ONLY": "this"]
        )
    }

    @Test func `I10: a server gets its own environment, session and group, and no descriptor of ours`() async throws {
        let directory = try TemporaryDirectory()
        setenv("ORCH_SECRET_OF_TEST", "secret", 1)
        // Not close-on-exec, and above what a shell takes for itself.
        let null = open("/dev/null", O_RDONLY)
        let leak = fcntl(null, F_DUPFD, 300)
        close(null)
        defer { close(leak) }
        let launcher = try launcher(
            "{ env; echo \"session $(cut -d' ' -f6 /proc/$$/stat) $$\"; ls /proc/$$/fd; } > out; mv out done; exec sleep 600",
            directory
        )
        let identity = try launcher.launch()
        while access(directory.file("done"), F_OK) != 0 { await Task.yield() }
        let said = try directory.read("done")
        #expect(said.contains("ONLY=this"))
        #expect(said.contains("\(ServerEnvironment.tokenName)=\(launcher.token)"))
        #expect(!said.contains("secret"))
        #expect(said.contains("session \(identity.pid) \(identity.pid)"))
        let numbers = said.split(separator: "\n").compactMap { Int($0) }.filter { !(10..<100).contains($0) }
        #expect(Set(numbers).subtracting([0, 1, 2]).isEmpty, "\(numbers)")
        #expect(await identity.terminate(grace: .seconds(10)) == .ended(signals: 1))
    }

    @Test func `one that ends at its start is reported with its last words`() async throws {
        let directory = try TemporaryDirectory()
        let launcher = try launcher("echo 'error: already in use' >&2; exit 1", directory)
        do throws(AppServerError) {
            try await launcher.untilListening(try launcher.launch())
            Issue.record("it does not listen")
        } catch {
            #expect(error.code == .launch)
            #expect("\(error)".contains("already in use") || "\(error)".contains("ended at once"))
        }
    }

    @Test func `a program that can't be started is named`() throws {
        let directory = try TemporaryDirectory()
        var launcher = try launcher("", directory)
        launcher.codex = directory.file("missing")
        let error = #expect(throws: AppServerError.self) { try launcher.launch() }
        #expect(error?.message.contains("missing") == true)
    }
}
