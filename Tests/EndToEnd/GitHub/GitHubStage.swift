import Foundation
import GitHubServer
import ModelServer
import OrchTestSupport

/// A stage whose issues are at a GitHub on loopback, with a bare repository as its remote.
struct GitHubStage {
    static let repository = "acme/widgets"
    /// `orch:` settings that make a test quick.
    static let settings = "wip: 3, debounce: 200ms, orchestrator: false, feedback_delay: 1s"

    let stage: Stage
    let gitHub: GitHubModel
    let port: Int

    var remote: String { stage.directory.path + "/widgets.git" }

    /// What a daemon needs to work with it.
    var flags: [String] {
        ["--repo", Self.repository, "--github-api-url", "http://127.0.0.1:\(port)", "--poll-secs", "1"]
    }

    /// Makes the remote of the stage's repository, and the repository at GitHub.
    fileprivate func setUp() async throws {
        try await stage.git("init", "--quiet", "--bare", "--initial-branch=main", remote)
        try await stage.git("remote", "add", "origin", remote)
        try await stage.git("push", "--quiet", "origin", "main")
        stage.environment["GITHUB_TOKEN"] = "orch-token"
        try await gitHub.addRepository(Self.repository, remote: remote)
        try await gitHub.addUser("orch", token: "orch-token", role: .write)
        try await gitHub.addUser("mallory", role: .read)
        for name in [
            "orchestrate", "agent:queued", "agent:running", "agent:review", "agent:done", "agent:stalled",
            "auto:pr-on-complete",
        ] { try await gitHub.createLabel(name) }
    }

    /// Starts the daemon.
    func startDaemon(_ more: String...) throws { try stage.startDaemon(flags + more) }

    /// Files an issue as the owner, handed over.
    @discardableResult
    func file(_ title: String, _ body: String = "", labels: [String] = []) async throws -> Int {
        try await gitHub.fileIssue(title, body, labels: ["orchestrate", "agent:queued"] + labels, by: "acme")
    }

    /// The labels of an issue, in the order of the alphabet.
    func labels(_ number: Int) async throws -> [String] {
        try await gitHub.labels(number)
    }

    /// The bodies of an issue's comments, oldest first.
    func comments(_ number: Int, by author: String = "orch") async throws -> [String] {
        try await gitHub.comments(number, by: author)
    }

    /// Waits until an issue has a label.
    func until(_ number: Int, has label: String, limit: Duration = .seconds(60)) async throws {
        try await stage.until("#\(number) has \(label)", limit: limit) { try await labels(number).contains(label) }
    }

    /// Waits until orch has said something on an issue.
    func until(_ number: Int, says text: String, limit: Duration = .seconds(60)) async throws {
        try await stage.until("#\(number) says \(text)", limit: limit) {
            try await comments(number).contains { $0.contains(text) }
        }
    }
}

extension GitHubModel {
    /// The labels of an issue, in the order of the alphabet.
    func labels(_ number: Int) throws -> [String] {
        let place = try state.place(number)
        return try state.repository(place.repository).labelNames(state.issue(place)).sorted()
    }

    /// The bodies of an issue's comments by one author, oldest first.
    func comments(_ number: Int, by author: String) throws -> [String] {
        try state.issue(state.place(number)).comments.filter { $0.author == author }.map(\.body)
    }

    /// The pull requests, by number.
    func pulls() throws -> [(number: Int, pull: ForgePull, isOpen: Bool)] {
        try state.repository(state.find()).issues.values.sorted { $0.number < $1.number }.compactMap { issue in
            issue.pull.map { (issue.number, $0, issue.isOpen) }
        }
    }
}

/// Plays `body` on a stage with a scripted model and a GitHub; ends what it leaves running, also after an error.
func withGitHub(
    _ scenario: some Scenario,
    settings: String = GitHubStage.settings,
    _ body: @escaping (GitHubStage) async throws -> Void
) async throws {
    try await withStage(scenario, settings: settings) { stage, _ in
        let server = GitHubServer(GitHubModel(limits: .none))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            defer { group.cancelAll() }
            let place = GitHubStage(stage: stage, gitHub: server.model, port: try await server.listeningPort)
            try await place.setUp()
            try await body(place)
        }
    }
}
