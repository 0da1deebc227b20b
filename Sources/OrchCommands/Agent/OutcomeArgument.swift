import ArgumentParser

/// `AgentOutcome` on the command line.
enum OutcomeArgument: String, Sendable, CaseIterable, ExpressibleByArgument {
    case done, failed, budget, cancelled
}
