package import Logging
import Settings
package import Trackers
package import Workspaces

/// What performers work with.
package struct PerformerContext: Sendable {
    /// The connection to the app-server.
    package var link: AppServerLink
    /// How an app-server is started.
    package var codex: CodexSetup
    /// The settings in force.
    package var settings: SettingsBox
    /// The repository.
    package var repository: GitRepository
    /// The branch that agents begin from.
    package var baseBranch: String
    /// Where the issues are.
    package var tracker: any Tracker
    /// The tracker at GitHub, where there is one.
    package var remote: (any RemoteTracker)?
    /// The daemon's environment, of which hooks and commands get an allow-list.
    package var environment: [String: String]
    /// For what a person should know.
    package var logger: Logger

    /// A context.
    package init(
        link: AppServerLink,
        codex: CodexSetup,
        settings: SettingsBox,
        repository: GitRepository,
        baseBranch: String,
        tracker: any Tracker,
        remote: (any RemoteTracker)? = nil,
        environment: [String: String],
        logger: Logger
    ) {
        self.link = link
        self.codex = codex
        self.settings = settings
        self.repository = repository
        self.baseBranch = baseBranch
        self.tracker = tracker
        self.remote = remote
        self.environment = environment
        self.logger = logger
    }

    /// The remote's branch that agents begin from and pull requests lead into, where the issues are at GitHub: asked now, unless it is set.
    func remoteBase() async throws(WorkspaceError) -> String {
        let settings = settings.value
        if let configured = settings.baseBranch { return configured }
        return try await repository.remoteDefaultBranch(settings.remoteName)
    }
}
