import OrchStore
import OrchTestSupport
import Workspaces

/// A git repository with one commit, in a folder of its own.
struct RepositoryFixture: Sendable {
    let directory: TemporaryDirectory
    let root: String
    let environment: [String: String]

    init(workflow: String? = nil) async throws {
        directory = try TemporaryDirectory()
        root = try directory.folder("repo")
        environment = [
            "HOME": try directory.folder("home"), "PATH": ProcessEnvironment.inherited["PATH"] ?? "/usr/bin:/bin",
        ]
        try directory.write("repo/README.md", "hello\n")
        if let workflow { try directory.write("repo/WORKFLOW.md", workflow) }
        try await shell(
            """
            git init -q -b main && git config user.name T && git config user.email t@example.org \
            && git add . && git commit -q -m first
            """
        )
    }

    var folder: OrchFolder { OrchFolder(repository: root) }

    /// Runs a script in the repository; its output.
    @discardableResult
    func shell(_ script: String) async throws -> String {
        let outcome = try await HookRunner(environment: environment).run(script, in: root, limit: .seconds(60))
        guard outcome.isSuccess else { throw TestSupportError(description: "\(script): \(outcome.output)") }
        return outcome.output
    }

    /// The code under test.
    func repository() async throws -> GitRepository {
        try await GitRepository.discover(from: root, environment: environment)
    }

    /// Commits a new text of `WORKFLOW.md`.
    func commit(workflow: String) async throws {
        try directory.write("repo/WORKFLOW.md", workflow)
        try await shell("git add . && git commit -q -m settings")
    }
}
