/// What follows a report when there is no orchestrator to ask.
package enum CompletionRules {
    /// What policy does next.
    package enum Next: Sendable, Hashable {
        /// The work is complete.
        case close
        /// The agent goes on with its own next actions.
        case goOn
        /// The agent has had all its turns.
        case stall
    }

    /// Decides by the report alone: no next actions means complete; else go on, at most `maxTurns` turns.
    package static func afterReport(isComplete: Bool, turnsTaken: Int, maxTurns: Int) -> Next {
        if isComplete { return .close }
        return turnsTaken < maxTurns ? .goOn : .stall
    }
}
