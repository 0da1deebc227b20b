import Glibc
import OrchTestSupport
import Testing

@testable import CodexAppServer

@Suite(.timeLimit(.minutes(1)))
struct CodexProgramTests {
    private func program(_ says: String) throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        try directory.program("codex", "#!/bin/sh\necho '\(says)'\n")
        return directory
    }

    private func find(_ directory: TemporaryDirectory, explicit: String? = nil) async -> Result<
        CodexProgram, AppServerError
    > {
        do throws(AppServerError) {
            return .success(
                try await CodexProgram.find(
                    explicit: explicit,
                    environment: ["PATH": "\(directory.path):/usr/bin:/bin"]
                )
            )
        } catch {
            return .failure(error)
        }
    }

    @Test func `the first codex on the PATH is found, with its version`() async throws {
        let directory = try program("codex-cli 0.163.0")
        #expect(await find(directory) == .success(CodexProgram(path: directory.file("codex"), version: "0.163.0")))
        #expect(try await find(TemporaryDirectory(), explicit: directory.file("codex")) == find(directory))
    }

    @Test(arguments: [
        ("codex-cli 0.99.1", "too old"), ("git version 2", "is not codex"), ("codex-cli", "is not codex"),
    ])
    func `what is too old or no codex is refused, saying why`(says: String, why: String) async throws {
        let found = await find(try program(says))
        guard case .failure(let error) = found else {
            Issue.record("\(found)")
            return
        }
        #expect(error.code == .codexMissing)
        #expect(error.message.contains(why))
    }

    @Test func `no codex is refused, saying what to do`() async throws {
        let directory = try TemporaryDirectory()
        for explicit in [nil, "/nowhere/codex"] {
            let found = await find(directory, explicit: explicit)
            guard case .failure(let error) = found else {
                Issue.record("\(found)")
                return
            }
            #expect(error.message.contains("--codex-path"))
        }
    }

    @Test func `one that does not answer is killed, and refused`() async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.program("codex", "#!/bin/sh\necho $$ > '\(directory.file("pid"))'\nexec sleep 600\n")
        do throws(AppServerError) {
            let found = try await CodexProgram.find(explicit: path, environment: [:], limit: .milliseconds(500))
            Issue.record("\(found)")
        } catch {
            #expect(error.code == .codexMissing && error.message.contains("did not answer"), "\(error)")
        }
        let pid = try #require(pid_t(try directory.read("pid").dropLast()))
        #expect(kill(pid, 0) != 0 && errno == ESRCH)
    }
}
