/// What became of one control block or tool call of the orchestrator.
package enum DecisionStatus: String, Sendable, Hashable, CaseIterable {
    /// Recorded, its effect still under way.
    case proposed
    /// Done.
    case executed
    /// Not done because autopilot is off.
    case suppressed
    /// Not done because it is invalid; the reason goes back.
    case refused
    /// Tried, and it went wrong.
    case failed
}
