import Subprocess
import SystemPackage

/// What a command printed, and how it ended.
struct ShellResult: Sendable {
    var exitCode: Int
    var output: String
}

/// Runs a shell command in a folder with a clean environment.
@discardableResult
func shell(_ command: String, in folder: String) async throws -> ShellResult {
    let result = try await run(
        .path("/bin/bash"),
        arguments: ["-c", command],
        environment: .custom([
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C",
        ]),
        workingDirectory: FilePath(folder),
        output: .string(limit: 1 << 20),
        error: .combinedWithOutput
    )
    guard case .exited(let code) = result.terminationStatus else { return ShellResult(exitCode: -1, output: "killed") }
    return ShellResult(exitCode: Int(code), output: result.standardOutput)
}

/// Makes a git repository with one commit, on the branch of an issue.
func makeRepository(_ folder: String, branch: String = "ai/iss-1-x") async throws {
    try await shell(
        """
        git init -q -b main . && echo hello > README.md && git add README.md
        git -c user.name=T -c user.email=t@t.invalid commit -q -m start && git checkout -q -b \(branch)
        """,
        in: folder
    )
}
