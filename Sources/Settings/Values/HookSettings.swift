/// The hooks of `WORKFLOW.md`: shell scripts that run in an agent's worktree, with an agent's environment.
package struct HookSettings: Sendable, Hashable {
    /// When a worktree was made; failing ends the attempt.
    package var afterCreate: String?
    /// Before each attempt; failing ends it.
    package var beforeRun: String?
    /// After each attempt; failing is only noted.
    package var afterRun: String?
    /// Before a worktree goes; failing is only noted.
    package var beforeRemove: String?
    /// How long each may take.
    package var timeoutMs: Int64 = 60_000

    /// No hooks.
    package init() {}

    /// The script of a hook by its name in `WORKFLOW.md`, such as `after_run`.
    package subscript(_ name: String) -> String? {
        switch name {
        case "after_create": afterCreate
        case "before_run": beforeRun
        case "after_run": afterRun
        case "before_remove": beforeRemove
        default: nil
        }
    }
}
