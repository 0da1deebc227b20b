/// The token of the environment, else the one that `gh` keeps.
///
/// A token of the environment can't change while the process runs: when it is refused, that is the end. `gh` is asked at the first use, and
/// again when GitHub refuses what it gave: tokens of GitHub Apps last an hour, and a person may log in anew meanwhile. The token is kept in
/// memory only, and is in no message.
package actor DefaultTokenSource: TokenSource {
    private let endpoint: GitHubEndpoint
    private let environment: [String: String]
    private let askGH: @Sendable (String) async throws(GitHubError) -> String
    private var known: String?
    /// The question to `gh` that is under way, which everybody waits for who needs a token meanwhile.
    private var asking: Task<Result<String, GitHubError>, Never>?

    /// A source for an endpoint.
    ///
    /// - Parameters:
    ///   - endpoint: where the token is for.
    ///   - environment: the process's variables.
    package init(endpoint: GitHubEndpoint, environment: [String: String]) {
        let program = GitHubCLI(environment: environment)
        self.init(endpoint: endpoint, environment: environment) { (host) async throws(GitHubError) in
            try await program.token(host: host)
        }
    }

    /// A source with another way to ask `gh`, for tests.
    init(
        endpoint: GitHubEndpoint,
        environment: [String: String],
        askGH: @escaping @Sendable (String) async throws(GitHubError) -> String
    ) {
        self.endpoint = endpoint
        self.environment = environment
        self.askGH = askGH
    }

    package func token(insteadOf refused: String?) async throws(GitHubError) -> String {
        if let variable = TokenVariables.find(in: environment, for: endpoint) {
            return try checked(variable.name, variable.token, refused)
        }
        if let known, known != refused { return known }
        let fresh = try await ask()
        known = fresh
        guard fresh != refused else {
            throw GitHubError(
                .unauthorized,
                """
                \(endpoint.host) refuses the token of gh, and gh has no other one: log in anew with \
                `gh auth login --hostname \(endpoint.host)`
                """
            )
        }
        return fresh
    }

    private func checked(_ name: String, _ value: String, _ refused: String?) throws(GitHubError) -> String {
        guard let token = TokenVariables.usable(value) else {
            throw GitHubError(.unauthorized, "\(name) is set, but what it holds can't be a token")
        }
        guard token != refused else {
            throw GitHubError(
                .unauthorized,
                """
                \(endpoint.host) refuses the token in \(name): it is wrong, expired or revoked; set a valid one and start orch \
                again, or unset it and log in with `gh auth login --hostname \(endpoint.host)`
                """
            )
        }
        return token
    }

    private func ask() async throws(GitHubError) -> String {
        let (host, askGH) = (endpoint.host, self.askGH)
        // Not a child of the caller's task: others wait for the same answer, and must not lose it when this caller is cancelled. It ends by
        // itself, within the limit that `GitHubCLI` sets.
        let task =
            asking
            ?? Task {
                do throws(GitHubError) {
                    return .success(try await askGH(host))
                } catch {
                    return .failure(error)
                }
            }
        asking = task
        let answer = await task.value
        if asking == task { asking = nil }
        switch answer {
        case .success(let token): return token
        case .failure(let error):
            let names = TokenVariables.names(for: endpoint).joined(separator: " or ")
            throw GitHubError(
                .unauthorized,
                """
                there is no token for \(endpoint.host): \(error.message); set \(names), or log in with \
                `gh auth login --hostname \(endpoint.host)`
                """
            )
        }
    }
}
