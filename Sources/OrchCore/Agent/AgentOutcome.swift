/// How an agent's run ended.
package enum AgentOutcome: String, Sendable, Hashable, CaseIterable {
    /// Its work is complete, by its report and the orchestrator's or the policy's decision.
    case done
    /// It could not go on.
    case failed
    /// Its time or tokens are used up.
    case budget
    /// A person or the orchestrator ended it.
    case cancelled
}
