import CodexAppServer
import Foundation
import OrchTestSupport
import Testing

extension RealCodexTests {
    @Suite struct LoginTests {
        private func codex(_ arguments: [String], home: String, input: String = "") throws -> Int32 {
            let process = Process()
            process.executableURL = URL(filePath: try RealCodex.path())
            process.arguments = arguments
            process.environment = ["PATH": "/usr/bin:/bin", "CODEX_HOME": home, "HOME": home]
            let pipe = Pipe()
            process.standardInput = pipe
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try pipe.fileHandleForWriting.close()
            process.waitUntilExit()
            return process.terminationStatus
        }

        @Test func `the login is the user's: made through either home, seen through both`() throws {
            let directory = try TemporaryDirectory()
            let user = try directory.folder("user")
            let home = try CodexHome.plan(
                at: directory.file("private"),
                temporaryFolder: directory.file("tmp"),
                userHome: user
            )
            try home.write()
            #expect(try codex(["login", "status"], home: home.path) != 0)
            #expect(try codex(["login", "--with-api-key"], home: home.path, input: "sk-test") == 0)
            #expect(try directory.read("user/auth.json").contains("sk-test"))
            #expect(try codex(["login", "status"], home: user) == 0)
            #expect(try codex(["login", "--with-api-key"], home: user, input: "sk-other") == 0)
            #expect(try codex(["login", "status"], home: home.path) == 0)
            #expect(try directory.read("private/auth.json").contains("sk-other"))
            #expect(
                try FileManager.default.destinationOfSymbolicLink(atPath: directory.file("private/auth.json"))
                    == directory.file("user/auth.json")
            )
        }

        @Test func `codex knows every setting that the hub writes`() async throws {
            try await CodexFixture.with(repository: "/some/where", starts: false) { fixture in
                var launcher = fixture.launcher
                launcher.arguments = ["--strict-config"]
                let identity = try launcher.launch()
                do {
                    try await launcher.untilListening(identity)
                } catch {
                    Issue.record("\(error)")
                }
                let leftover = CodexFixture.socketFile(fixture.socket)
                _ = await identity.terminate(grace: .seconds(5))
                CodexFixture.remove(socketFile: leftover)
            }
        }
    }
}
