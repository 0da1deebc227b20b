import Glibc
import OrchCore
import OrchStore
import Settings
import Workspaces

/// The settings of a repository as its daemon would read them, without flags.
enum RepositorySettings {
    /// Where they are in a repository.
    static let file = "WORKFLOW.md"

    /// Reads what the base branch's newest commit says.
    ///
    /// - Throws: `SettingsError` with all problems; `WorkspaceError` when git refuses.
    static func load(
        _ repository: GitRepository,
        overrides: SettingsOverrides = SettingsOverrides(),
        environment: [String: String]
    ) async throws -> HubSettings {
        let branch = try await repository.defaultBranch()
        let text = try await repository.show(file, at: branch)
        return try SettingsLoader.load(workflowText: text, overrides: overrides, variables: environment)
    }

    /// Reads the file as it lies in the main worktree, which nobody may have committed yet; nil when there is none.
    ///
    /// - Throws: `SettingsError` with all problems.
    static func draft(
        _ repository: GitRepository,
        overrides: SettingsOverrides = SettingsOverrides(),
        environment: [String: String]
    ) throws -> HubSettings? {
        let path = repository.root + "/" + file
        guard access(path, F_OK) == 0, let bytes = try FileBytes.read(path: path, limit: 1 << 20) else { return nil }
        return try SettingsLoader.load(
            workflowText: SafeText.utf8(bytes),
            overrides: overrides,
            variables: environment
        )
    }

    /// Whether the base branch has the file.
    static func isCommitted(_ repository: GitRepository) async throws -> Bool {
        try await repository.show(file, at: repository.defaultBranch()) != nil
    }

    /// What the hub's labels are called: as the last daemon had it, else as the repository's settings say.
    static func labels(_ folder: OrchFolder, _ place: PlaceOptions, _ context: Context) async throws -> LabelNames {
        if let names = try inForce(folder, context) { return names }
        return try await load(place.repository(context), environment: context.environment).labels
    }

    private static func inForce(_ folder: OrchFolder, _ context: Context) throws -> LabelNames? {
        guard access(folder.database, F_OK) == 0 else { return nil }
        return try HubTables(Store.open(folder, role: .readOnly, nowMs: context.nowMs())).hub.get().labelNames
    }
}
