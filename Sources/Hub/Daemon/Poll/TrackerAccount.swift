import GitHub
import OrchCore

/// Which repository the hub works with, and who it is there: asked once.
package actor TrackerAccount {
    private var isKnown = false
    private var login: String?

    /// Nothing is known yet.
    package init() {}

    /// Who we are at GitHub; nil for a token that is no user's, or before the first look.
    package func name() -> String? { login }

    /// The same, for deeds that find what they did before by who did it.
    ///
    /// - Throws: `GitHubError` with code `unavailable` before the first look: nobody's comments could be told from ours.
    func knownName() throws(GitHubError) -> String? {
        guard isKnown else { throw GitHubError(.unavailable, "GitHub was not looked at yet") }
        return login
    }

    /// Asks, if it was not asked yet, and tells.
    ///
    /// - Throws: `GitHubError`, also for a repository that can't be worked in: archived, without issues, or without the right to write.
    func look(_ client: GitHubClient, tell: @Sendable (Observation) async -> Void) async throws {
        guard !isKnown else { return }
        let repository = try await client.repositoryInfo()
        guard !repository.isArchived, !repository.isDisabled else {
            throw GitHubError(.archived, "\(repository.fullName) is archived: GitHub takes no changes there")
        }
        guard repository.hasIssues else {
            throw GitHubError(.gone, "\(repository.fullName) has no issues: switch them on in its settings")
        }
        guard repository.canPush != false else {
            throw GitHubError(
                .forbidden,
                "the token may not write to \(repository.fullName): give it Issues, Pull requests and Contents, read and write"
            )
        }
        login = try await client.viewer()?.login
        isKnown = true
        await tell(
            .repository(
                .init(
                    name: repository.fullName.description,
                    id: repository.id,
                    login: login,
                    defaultBranch: repository.defaultBranch
                )
            )
        )
    }
}
