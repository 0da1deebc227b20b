import Foundation
import OrchCore
import OrchTestSupport
import Subprocess
import SystemPackage
import Testing

@Suite struct ToolTests {
    /// The tool that was built with these tests: it stands beside their own executable, or some folders above it.
    private static func path() throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        var folder = URL(filePath: own).deletingLastPathComponent()
        for _ in 0..<4 {
            let candidate = folder.appending(path: "orch-github-server").path
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
            folder.deleteLastPathComponent()
        }
        throw TestSupportError(description: "orch-github-server is not beside \(own)")
    }

    @Test func `the tool says its port, serves, and leaves its state when it is told to stop`() async throws {
        let directory = try TemporaryDirectory("orch-github-tool")
        let file = directory.file("state.json")
        let result = try await Subprocess.run(
            .path(FilePath(try Self.path())),
            arguments: ["--repo", "acme/widgets", "--state", file, "--user", "zoe:triage:zoe-token"],
            environment: .custom(["PATH": "/usr/bin:/bin"]),
            workingDirectory: FilePath(directory.path),
            input: .none,
            output: .sequence,
            error: .discarded
        ) { execution -> Int in
            var text = ""
            for try await buffer in execution.standardOutput {
                text += buffer.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
                if text.contains("\n") { break }
            }
            let port = Int(try JSONValue(parsing: text)["port"]?.intValue ?? 0)
            for (token, status) in [("owner", 201), ("zoe", 201), ("nobody", 401)] {
                let headers = ["user-agent": "t", "authorization": "Bearer \(token)-token"]
                let body = #"{"title":"from \#(token)","labels":["bug"]}"#
                let path = "/repos/acme/widgets/issues"
                let made = try await Exchange.send(port, "POST", path, headers: headers, body: body)
                #expect(made.status == status)
            }
            try execution.send(signal: .terminate)
            return port
        }
        #expect(result.terminationStatus == .exited(0))
        #expect(result.closureResult > 0)
        let state = try JSONValue(parsing: try directory.read("state.json"))
        #expect(state["issues"]?.texts("title") == ["from owner", "from zoe"])
        #expect(state["issues"]?.texts("author") == ["acme", "zoe"])
    }

    @Test func `what it does not understand it refuses at once`() async throws {
        let result = try await Subprocess.run(
            .path(FilePath(try Self.path())),
            arguments: ["--repo", "widgets"],
            environment: .custom(["PATH": "/usr/bin:/bin"]),
            output: .discarded,
            error: .string(limit: 65_536)
        )
        #expect(result.terminationStatus == .exited(64))
        #expect(result.standardError.contains("--repo is owner/name, not widgets"))
    }
}
