import GitHub
import GitHubServer
import Logging

extension World {
    /// Runs a body with orch's own client, as a user, over real connections.
    func withClient<T: Sendable>(
        as user: String = "orch",
        _ body: @Sendable (GitHubClient) async throws -> T
    ) async throws -> T {
        let transport = AsyncHTTPTransport(limits: TransportLimits(request: .seconds(10)))
        let client = GitHubClient(
            repository: try RepositoryName("acme/widgets"),
            endpoint: try GitHubEndpoint.resolve(flag: "http://127.0.0.1:\(port)", environment: [:]),
            tokens: OneToken(token: "\(user)-token"),
            transport: transport,
            gate: RequestGate(limits: .immediate),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            userAgent: "orch-test",
            patienceMs: 0
        )
        do {
            let value = try await body(client)
            try await transport.shutdown()
            return value
        } catch {
            try await transport.shutdown()
            throw error
        }
    }
}

/// A token that is never another one.
private struct OneToken: TokenSource {
    let token: String

    func token(insteadOf refused: String?) async throws(GitHubError) -> String { token }
}
