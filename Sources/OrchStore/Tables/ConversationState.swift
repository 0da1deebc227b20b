/// Where a Codex thread stands.
package enum ConversationState: String, Sendable, Hashable, CaseIterable {
    /// thread/start has not been answered.
    case starting
    /// The agent's current thread.
    case live
    /// It can't be resumed; a visible state with a policy.
    case lost
    /// Its agent is closed, or a new thread took its place.
    case closed
}
