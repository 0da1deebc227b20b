import OrchTestSupport
import Testing

@testable import OrchCommands

/// Git repositories for tests, which don't depend on the user's git settings.
enum TestRepository {
    /// A repository with one commit on `main`.
    static func make() async throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        try await git(["init", "--quiet", "--initial-branch=main"], directory)
        try await commit("Begin", directory)
        return directory
    }

    /// Commits what was added, or nothing.
    static func commit(_ message: String, _ directory: TemporaryDirectory) async throws {
        let person = ["-c", "user.name=t", "-c", "user.email=t@localhost"]
        try await git(person + ["commit", "--quiet", "--allow-empty", "-m", message], directory)
    }

    /// Runs git; its output.
    @discardableResult
    static func git(_ arguments: [String], _ directory: TemporaryDirectory) async throws -> String {
        let environment = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
        ]
        let result = try await ProgramOutput.of("git", arguments, in: directory.path, environment: environment)
        #expect(result.status == 0, "\(result.error)")
        return result.output
    }
}
