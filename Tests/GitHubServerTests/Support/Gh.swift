import Foundation
import OrchCore
import OrchTestSupport
import Subprocess
import SystemPackage
import Testing

/// The real gh, as a user with a token, through the server as a proxy: `github.localhost` is an ordinary GitHub to it.
struct Gh: Sendable {
    /// What a command came to.
    struct Result: Sendable {
        var exitCode: Int32
        var output: String
        var error: String

        /// The output as JSON; null if it is none.
        var json: JSONValue { (try? JSONValue(parsing: output)) ?? .null }
    }

    /// Where gh is; nil if it is not installed (`Scripts/setup` does that).
    static let path: String? = ["/usr/bin/gh", "/usr/local/bin/gh"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    let port: Int
    let directory: TemporaryDirectory

    init(_ world: World) throws {
        port = world.port
        directory = try TemporaryDirectory("orch-gh")
    }

    /// Runs a command on acme/widgets.
    func callAsFunction(_ arguments: String..., as user: String = "orch") async throws -> Result {
        let path = try #require(Self.path)
        // `pr create` takes the repository from the option only, else it wants a clone.
        let hasOption = ["issue", "pr", "label"].contains(arguments.first ?? "")
        let result = try await Subprocess.run(
            .path(FilePath(path)),
            arguments: Arguments(arguments + (hasOption ? ["-R", "acme/widgets"] : [])),
            environment: .custom([
                "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": directory.path, "GH_CONFIG_DIR": directory.path,
                "GH_HOST": "github.localhost", "GH_TOKEN": "\(user)-token",
                "HTTP_PROXY": "http://127.0.0.1:\(port)", "GH_NO_UPDATE_NOTIFIER": "1", "GH_PROMPT_DISABLED": "1",
                "NO_COLOR": "1",
            ]),
            workingDirectory: FilePath(directory.path),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        var code: Int32 = -1
        if case .exited(let status) = result.terminationStatus { code = status }
        return Result(exitCode: code, output: result.standardOutput, error: result.standardError)
    }
}
