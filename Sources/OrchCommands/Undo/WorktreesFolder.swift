import OrchCore
import OrchStore
import Settings
import Workspaces

/// Where the repository's worktrees are made: as the last daemon had it, else as the repository's settings say, else as usual.
enum WorktreesFolder {
    /// Finds it.
    static func find(_ repository: GitRepository, _ place: PlaceOptions, _ context: Context) async throws -> String {
        if let inForce = try inForce(place, context) { return inForce }
        do {
            return try await RepositorySettings.load(repository, environment: context.environment).worktreesFolder
        } catch is SettingsError {
            // Settings that no daemon would take say nothing: work comes back all the same.
            return HubSettings().worktreesFolder
        } catch let error as WorkspaceError where error.code == .noSuchRef {
            // The main worktree is on no branch: then there are no settings either.
            return HubSettings().worktreesFolder
        }
    }

    private static func inForce(_ place: PlaceOptions, _ context: Context) throws -> String? {
        guard let folder = try OrchFolder.find(from: place.start(context)) else { return nil }
        do {
            let db = try Store.open(folder, role: .readOnly, nowMs: context.nowMs())
            guard let text = try HubTables(db).hub.get().settings else { return nil }
            return try JSONValue(parsing: text)["worktrees"]?.stringValue
        } catch is StoreError {
            // No database, or one that can't be read: what is saved is in git.
            return nil
        }
    }
}
