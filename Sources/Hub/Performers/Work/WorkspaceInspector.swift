import Workspaces

/// `workspace.inspect`: what git shows in a worktree.
struct WorkspaceInspector {
    private let context: PerformerContext

    init(_ context: PerformerContext) {
        self.context = context
    }

    func perform(_ it: Effect.InspectWorkspace) async -> EffectResult {
        do {
            let summary = try await context.repository.inspect(path: it.worktree, baseCommit: it.base)
            return .done(
                .inspected(
                    WorkspaceFacts(
                        branch: summary.branch ?? "no branch (detached HEAD)",
                        head: summary.head,
                        commitsAhead: summary.commitsAhead,
                        uncommitted: summary.uncommitted,
                        text: summary.text
                    )
                )
            )
        } catch {
            return EffectResult(error)
        }
    }
}
