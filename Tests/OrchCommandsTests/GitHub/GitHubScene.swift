import GitHubServer
import OrchCore
import OrchTestSupport

@testable import OrchCommands

/// A git repository with a bare remote, a GitHub that has the same repository, and a codex that is content.
struct GitHubScene: Sendable {
    let model: GitHubModel
    let port: Int
    /// The repository.
    let directory: TemporaryDirectory
    /// Its remote, and the user's home.
    let outside: TemporaryDirectory

    /// Runs a body in a new scene.
    static func run(_ body: @escaping @Sendable (GitHubScene) async throws -> Void) async throws {
        let directory = try await TestRepository.make()
        let outside = try TemporaryDirectory()
        try await TestRepository.git(["init", "--quiet", "--bare", "--initial-branch=main", "origin.git"], outside)
        try await TestRepository.git(["remote", "add", "origin", outside.file("origin.git")], directory)
        try await TestRepository.git(["push", "--quiet", "origin", "main"], directory)
        _ = try outside.folder("home")
        _ = try outside.folder("bin")
        try TemporaryDirectory.install(
            "#!/bin/sh\ncase $1 in --version) echo codex-cli 0.163.0;; login) echo in;; esac\n",
            at: outside.file("bin/codex")
        )
        let model = GitHubModel(limits: .none, clock: { Console().nowMs })
        try await model.addRepository("acme/widgets", remote: outside.file("origin.git"))
        try await model.addUser("orch", token: "orch-token", role: .write)
        try await model.addUser("tina", token: "tina-token", role: .triage)
        try await GitHubServer.with(model) { port in
            try await body(GitHubScene(model: model, port: port, directory: directory, outside: outside))
        }
    }

    /// A console in the repository, with somebody's token or none.
    func console(token: String? = "orch-token") -> Console {
        var environment = [
            "PATH": "\(outside.file("bin")):/usr/bin:/bin", "HOME": outside.file("home"), "USER": "tester",
            "ORCH_GITHUB_API_URL": "http://127.0.0.1:\(port)", "GH_CONFIG_DIR": outside.file("home"),
        ]
        environment["GITHUB_TOKEN"] = token
        return Console(directory: directory.path, environment: environment)
    }

    /// Commits a WORKFLOW.md that has the issues at GitHub.
    func commitWorkflow(_ more: String = "") async throws {
        try directory.write("WORKFLOW.md", "---\norch:\n  tracker: github\n  repo: acme/widgets\n\(more)---\n")
        try await TestRepository.git(["add", "WORKFLOW.md"], directory)
        try await TestRepository.commit("Settings", directory)
    }

    /// What `orch doctor` finds of a check.
    func doctor(_ check: String, token: String? = "orch-token", _ arguments: String...) async -> [JSONValue] {
        let result = await console(token: token).run(["doctor", "--json"] + arguments)
        return (result.json?.arrayValue ?? []).filter { $0["check"]?.stringValue == check }
    }

    /// The labels that the repository at GitHub has.
    func labels() async throws -> [String] {
        let snapshot = try await model.snapshot("acme/widgets")
        return (snapshot.value["labels"]?.arrayValue ?? []).compactMap(\.stringValue)
    }
}
