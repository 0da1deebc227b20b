import Logging
import OrchCore

@testable import GitHub

/// A client on a script, with what it stands on.
struct TestClient {
    let transport: ScriptedTransport
    let tokens: TestTokens
    let time = TestTime()
    let gate: RequestGate
    let client: GitHubClient

    init(_ steps: [ScriptedTransport.Step], tokens: [String] = ["token-1"], limits: GateLimits = .immediate) throws {
        transport = ScriptedTransport(steps)
        self.tokens = TestTokens(tokens)
        gate = RequestGate(limits: limits, clock: time.clock)
        client = GitHubClient(
            repository: try RepositoryName("acme/widgets"),
            endpoint: try GitHubEndpoint.gitHubCom(),
            tokens: self.tokens,
            transport: transport,
            gate: gate,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            userAgent: "orch-test"
        )
    }
}

/// The error that a body throws, if it throws one.
func failure<T>(_ body: () async throws(GitHubError) -> T) async -> GitHubError? {
    do throws(GitHubError) {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}
