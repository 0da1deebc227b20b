import GitHub
import OrchCore
import OrchStore
import Settings
import Workspaces

/// Looks at GitHub and the git remote, where the issues are there.
struct GitHubCheck {
    let place: PlaceOptions
    let overrides: SettingsOverrides
    let context: Context

    /// What was found; nothing for a hub of local issues without a remote at GitHub.
    func findings() async throws -> [Finding] {
        let repository = try await place.repository(context)
        guard let settings = try await settings(repository) else { return [] }
        let project = GitHubProject(repository: repository, settings: settings, environment: context.environment)
        guard settings.tracker == .github else { return try await unused(project) }
        var findings: [Finding]
        var info: GHRepository?
        do {
            (findings, info) = try await project.visit { client in
                await AccountCheck(
                    client: client,
                    settings: settings,
                    origin: DefaultTokenSource.origin(in: context.environment, for: client.endpoint),
                    nowMs: context.nowMs
                ).findings()
            }
        } catch let error as GitHubError {
            findings = [
                Finding(
                    "github",
                    .problem,
                    error.message,
                    mend: "name it with --repo owner/name, or `repo:` below `orch:` in WORKFLOW.md"
                )
            ]
        }
        return findings + (await RemoteCheck(project: project, info: info).findings())
    }

    /// The settings as the daemon would read them, or, before anybody has committed them, as they lie there; nil for wrong ones, of which
    /// another check tells.
    private func settings(_ repository: GitRepository) async throws -> HubSettings? {
        do {
            var settings = try await RepositorySettings.load(
                repository,
                overrides: overrides,
                environment: context.environment
            )
            if try await !RepositorySettings.isCommitted(repository),
                let draft = try RepositorySettings.draft(
                    repository,
                    overrides: overrides,
                    environment: context.environment
                )
            {
                settings = draft
            }
            guard settings.sources["tracker"] == nil, let folder = try OrchFolder.find(from: place.start(context)),
                case .gitHub(let name)? = try? TrackerInUse.of(folder, context)  // A broken database is told elsewhere.
            else { return settings }
            settings.tracker = .github
            settings.repository = settings.repository ?? name
            return settings
        } catch is SettingsError {
            return nil
        }
    }

    /// Local issues, in a repository that has some at GitHub perhaps: worth a word.
    private func unused(_ project: GitHubProject) async throws -> [Finding] {
        guard let name = try await project.remoteName() else { return [] }
        return [
            Finding(
                "github",
                .info,
                "not used: the hub works on local issues, and the git remote leads to \(name)",
                mend: "`tracker: github` below `orch:` in WORKFLOW.md has it work on those of GitHub"
            )
        ]
    }
}
