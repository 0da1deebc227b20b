import OrchCore

/// What GitHub's answer about a repository tells a person who sets orch up.
package struct GHExamination: Sendable, Hashable {
    /// The repository.
    package var repository: GHRepository
    /// What a classic token may do (`X-OAuth-Scopes`); nil for other tokens, of which GitHub tells only when it refuses.
    ///
    /// Source: https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
    package var scopes: [String]?
    /// GitHub's clock, in milliseconds since 1970; nil when the answer has no date.
    package var dateMs: Int64?

    /// An examination.
    package init(repository: GHRepository, scopes: [String]? = nil, dateMs: Int64? = nil) {
        self.repository = repository
        self.scopes = scopes
        self.dateMs = dateMs
    }

    /// Reads an answer.
    init(_ answer: Answer) throws(BadField) {
        repository = try GHRepository(answer.json)
        scopes = answer.response.header("x-oauth-scopes").map { header in
            header.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        }
        dateMs = answer.response.header("date").flatMap(HTTPDate.ms)
    }
}
