/// What happens when an agent's Codex thread can't be resumed (P-04).
///
/// Each choice is visible: an event, a state, a comment.
package enum ResumeLostPolicy: String, Sendable, Hashable, CaseIterable {
    /// A new thread, told all that the event log knows of the old one.
    case handover
    /// A new thread that begins the task anew in the same worktree.
    case fresh
    /// The agent waits for a person.
    case ask
}
