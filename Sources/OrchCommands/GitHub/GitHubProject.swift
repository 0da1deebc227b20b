import GitHub
import Hub
import Logging
import Settings
import Workspaces

/// A git repository whose issues are at GitHub, and the way there for one command.
struct GitHubProject {
    /// How long a command waits for GitHub: a person sits before it.
    static let limits = TransportLimits(connect: .seconds(5), request: .seconds(10))

    /// The repository on this machine.
    var repository: GitRepository
    /// Its settings, with the flags of the command.
    var settings: HubSettings
    /// The environment's variables.
    var environment: [String: String]

    /// Runs a body with a client, whose connections end with it.
    ///
    /// - Throws: `GitHubError` with code `misconfigured` when the repository or the address can't be right; what the body throws.
    func visit<T: Sendable>(_ body: (GitHubClient) async throws -> T) async throws -> T {
        let transport = AsyncHTTPTransport(limits: Self.limits)
        do {
            let value = try await body(try await client(transport))
            try? await transport.shutdown()  // what is open goes with the process anyway
            return value
        } catch {
            try? await transport.shutdown()  // as above
            throw error
        }
    }

    private func client(_ transport: AsyncHTTPTransport) async throws -> GitHubClient {
        try await GitHubSetup.client(
            settings,
            repository: repository,
            environment: environment,
            version: OrchVersion.text,
            transport: transport,
            logger: Logger(label: "orch.github") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// The repository that a git remote leads to, if it is one of GitHub's as the environment and the settings name it.
    func remoteName() async throws -> RepositoryName? {
        let endpoint = try GitHubEndpoint.resolve(flag: settings.apiURL, environment: environment)
        let remote = try await repository.remotes().first { $0.name == settings.remoteName }
        return remote.flatMap { RepositoryName.of(remote: $0.url, host: endpoint.host) }
    }
}

extension GitHubProject {
    /// The repository that the settings name; nil when they leave it to the remote, or name none that can be.
    var namedRepository: RepositoryName? {
        // A name that can't be right is told where the client is made.
        settings.repository.flatMap { try? RepositoryName($0) }
    }
}
