package import GitHub
package import Logging
import OrchCore
package import Settings
package import Workspaces

/// How the hub gets to GitHub: found and checked before anything starts, without a request.
package enum GitHubSetup {
    /// A client for the repository that the settings or the git remote name.
    ///
    /// `gate` is what the daemon before kept of the limits on requests.
    ///
    /// - Throws: `GitHubError` with code `misconfigured`, when the address or the name can't be right, or no remote is one of GitHub's.
    package static func client(
        _ settings: HubSettings,
        repository: GitRepository,
        environment: [String: String],
        version: String,
        gate: String? = nil,
        transport: any HTTPTransport,
        logger: Logger
    ) async throws -> GitHubClient {
        let endpoint = try GitHubEndpoint.resolve(
            flag: settings.apiURL,
            environment: environment
        )
        let name = try await self.name(settings, endpoint, repository)
        return GitHubClient(
            repository: name,
            endpoint: endpoint,
            tokens: DefaultTokenSource(endpoint: endpoint, environment: environment),
            transport: transport,
            gate: RequestGate(
                limits: endpoint.isLoopback ? .immediate : GateLimits(),
                saved: try gate.map { try JSONValue(parsing: $0) }
            ),
            logger: logger,
            userAgent: "orch/\(version)"
        )
    }

    private static func name(_ settings: HubSettings, _ endpoint: GitHubEndpoint, _ repository: GitRepository)
        async throws -> RepositoryName
    {
        if let configured = settings.repository { return try RepositoryName(configured) }
        let remotes = try await repository.remotes()
        guard let remote = remotes.first(where: { $0.name == settings.remoteName }) else {
            throw GitHubError(
                .misconfigured,
                "there is no git remote `\(SafeText.line(settings.remoteName))`: name the repository with --repo owner/name, or add the remote"
            )
        }
        guard let name = RepositoryName.of(remote: remote.url, host: endpoint.host) else {
            throw GitHubError(
                .misconfigured,
                "the git remote \(remote.description) is no repository on \(endpoint.host): name the repository with --repo owner/name"
            )
        }
        return name
    }
}
