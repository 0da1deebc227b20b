import OrchCore
import Workspaces
import Settings

/// `workspace.prepare`: makes or finds a worktree, and runs the hooks that belong to its beginning.
struct WorkspacePreparer {
    private let context: PerformerContext

    init(_ context: PerformerContext) {
        self.context = context
    }

    /// Where agents begin: with GitHub, the newest of the remote's branch, fetched now.
    private func baseRef(_ settings: HubSettings) async throws(WorkspaceError) -> String {
        guard settings.tracker == .github else { return context.baseBranch }
        let branch = try await context.remoteBase()
        return try await context.repository.fetchBase(remote: settings.remoteName, branch: branch).commit
    }

    func perform(_ it: Effect.PrepareWorkspace) async -> EffectResult {
        let settings = context.settings.value
        do {
            let workspace = try await context.repository.prepare(
                name: it.folder,
                branch: it.branch,
                baseRef: try await baseRef(settings),
                worktreesFolder: settings.worktreesFolder
            )
            let hooks = HookPerformer(context)
            if workspace.needsSetUp {
                if let problem = try await hooks.run("after_create", in: workspace.path, agent: it.name) {
                    return .failed(code: .other, reason: problem)
                }
                try await context.repository.setUpDone(workspace)
            }
            if let problem = try await hooks.run("before_run", in: workspace.path, agent: it.name) {
                return .failed(code: .other, reason: problem)
            }
            return .done(
                .workspace(
                    path: workspace.path,
                    branch: workspace.branch,
                    baseCommit: workspace.baseCommit,
                    head: workspace.head,
                    reused: workspace.reused
                )
            )
        } catch {
            return EffectResult(error)
        }
    }
}
