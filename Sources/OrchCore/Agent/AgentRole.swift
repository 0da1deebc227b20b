/// What an agent is for.
package enum AgentRole: String, Sendable, Hashable, CaseIterable {
    /// The one conversation that reads digests and decides.
    case orchestrator
    /// A worker in a worktree of its own.
    case sub
}
