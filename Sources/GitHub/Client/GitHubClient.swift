package import Logging
import OrchCore

/// GitHub's REST API for one repository, as far as orch needs it.
///
/// Each method is one call, or all pages of one list. All go through one gate. The answers are tolerant readings: fields that are unknown or
/// missing do not matter, as long as what is there can be told apart.
///
/// Nothing is sent twice by itself but what surely was not done: after a 401 with another token, and a read whose kept connection had been
/// closed. What a failed write did is for the caller to find out (`GitHubError.mayHaveHappened`).
///
/// Source: https://docs.github.com/en/rest?apiVersion=2022-11-28
package struct GitHubClient: Sendable {
    /// How long a pause of the gate is waited out before a call ends as `rateLimited`.
    ///
    /// Long enough for the pauses between writes, short enough that whoever waits can say why.
    package static let patienceMs: Int64 = 15_000
    /// The version of the API that is asked for.
    ///
    /// Source: https://docs.github.com/en/rest/about-the-rest-api/api-versions
    package static let version = "2022-11-28"
    /// The most pages of one list: 20,000 things.
    static let pageLimit = 200

    /// The repository.
    package let repository: RepositoryName
    /// Which GitHub it is on.
    package let endpoint: GitHubEndpoint
    let tokens: any TokenSource
    let transport: any HTTPTransport
    /// The gate, which tells how much was asked.
    package let gate: RequestGate
    let logger: Logger
    let userAgent: String
    let patienceMs: Int64

    /// A client; nothing is asked yet.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - endpoint: which GitHub.
    ///   - tokens: where the token comes from.
    ///   - transport: the way there.
    ///   - gate: the gate that all clients with the same token share.
    ///   - logger: gets one debug line for each request, without query and token.
    ///   - userAgent: the program's name and version, which GitHub requires.
    ///   - patienceMs: how long a pause of the gate is waited out.
    package init(
        repository: RepositoryName,
        endpoint: GitHubEndpoint,
        tokens: any TokenSource,
        transport: any HTTPTransport,
        gate: RequestGate,
        logger: Logger,
        userAgent: String,
        patienceMs: Int64 = Self.patienceMs
    ) {
        self.repository = repository
        self.endpoint = endpoint
        self.tokens = tokens
        self.transport = transport
        self.gate = gate
        self.logger = logger
        self.userAgent = userAgent
        self.patienceMs = patienceMs
    }

    /// A client for another repository on the same GitHub, with the same token and gate.
    package func client(for repository: RepositoryName) -> GitHubClient {
        GitHubClient(
            repository: repository,
            endpoint: endpoint,
            tokens: tokens,
            transport: transport,
            gate: gate,
            logger: logger,
            userAgent: userAgent,
            patienceMs: patienceMs
        )
    }

    /// The URL of something in the repository; `path` begins with a slash or is empty.
    func url(_ path: String, _ query: [(String, String?)] = []) -> String {
        "\(endpoint.api)/repos/\(repository.owner)/\(repository.name)\(path)\(PathText.query(query))"
    }
}
