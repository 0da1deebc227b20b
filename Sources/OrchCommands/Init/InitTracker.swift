import GitHub
import OrchCore
import Settings
import Workspaces

/// Which issues a repository is set up for: local ones, or those of GitHub.
struct InitTracker {
    /// The project at GitHub; nil for local issues.
    var project: GitHubProject?
    /// What a person should know of how that was found.
    var note: String?

    /// Finds out: the flags first, then a WORKFLOW.md that is there, then the git remote.
    ///
    /// - Throws: `GitHubError` with code `misconfigured` for a repository or an address that can't be right; `SettingsError` for such flags.
    static func choose(
        _ repository: GitRepository,
        isLocal: Bool,
        _ options: GitHubOptions,
        _ context: Context
    ) async throws -> InitTracker {
        guard !isLocal else { return InitTracker() }
        if let repo = options.repo { _ = try RepositoryName(repo) }
        _ = try GitHubEndpoint.resolve(flag: options.githubApiUrl, environment: context.environment)
        var found: HubSettings?
        do {
            found = try RepositorySettings.draft(
                repository,
                overrides: options.overrides,
                environment: context.environment
            )
            if found == nil { found = try await committed(repository, options, context) }
        } catch let error as SettingsError {
            return InitTracker(note: "WORKFLOW.md can't be used (\(error.problems.count) problems: `orch doctor`).")
        }
        let settings = try found ?? SettingsLoader.load(workflowText: nil, overrides: options.overrides)
        let project = GitHubProject(repository: repository, settings: settings, environment: context.environment)
        if settings.tracker == .github { return InitTracker(project: project) }
        guard let name = try await project.remoteName() else { return InitTracker() }
        guard found == nil else {
            return InitTracker(
                note:
                    "The issues are local, as WORKFLOW.md has it; `tracker: github` below `orch:` has orch work on those of \(name)."
            )
        }
        var there = project
        there.settings.tracker = .github
        return InitTracker(
            project: there,
            note: "The issues are those of \(name); `orch init --local` is for local ones."
        )
    }

    private static func committed(
        _ repository: GitRepository,
        _ options: GitHubOptions,
        _ context: Context
    ) async throws -> HubSettings? {
        guard try await RepositorySettings.isCommitted(repository) else { return nil }
        return try await RepositorySettings.load(
            repository,
            overrides: options.overrides,
            environment: context.environment
        )
    }
}
