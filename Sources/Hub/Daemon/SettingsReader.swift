package import Settings
package import Workspaces

/// Reads the settings of a repository: from the base branch's commit, never from a worktree that an agent can write (P-72).
package struct SettingsReader: Sendable {
    /// Settings, and where they came from.
    package struct Reading: Sendable, Hashable {
        package var settings: HubSettings
        /// The branch that agents begin from.
        package var baseBranch: String
        /// Its commit.
        package var commit: String
    }

    /// The file's name.
    package static let file = "WORKFLOW.md"

    private let repository: GitRepository
    private let overrides: SettingsOverrides
    private let environment: [String: String]

    /// A reader.
    package init(_ repository: GitRepository, overrides: SettingsOverrides = .init(), environment: [String: String]) {
        self.repository = repository
        self.overrides = overrides
        self.environment = environment
    }

    /// Reads them for the first time: the main worktree's branch says which one is the base.
    ///
    /// - Throws: `SettingsError` with all problems; `WorkspaceError`.
    package func read() async throws -> Reading {
        let first = try await read(at: try await repository.defaultBranch())
        guard let named = first.settings.baseBranch, named != first.baseBranch else { return first }
        return try await read(at: try await repository.defaultBranch(configured: named))
    }

    /// Reads them as a branch's newest commit has them.
    ///
    /// - Throws: as `read()`.
    package func read(at branch: String) async throws -> Reading {
        guard let commit = try await repository.commit(of: "refs/heads/" + branch) else {
            throw WorkspaceError(.noSuchRef, "there is no branch `\(branch)` any more: settings are read from it")
        }
        let text = try await repository.show(Self.file, at: commit)
        let settings = try SettingsLoader.load(workflowText: text, overrides: overrides, variables: environment)
        return Reading(settings: settings, baseBranch: branch, commit: commit)
    }

    /// The commit that a branch is at; nil when there is none.
    package func commit(of branch: String) async throws -> String? {
        try await repository.commit(of: "refs/heads/" + branch)
    }
}
