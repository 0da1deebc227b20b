import ArgumentParser

/// `IssuePhase` on the command line.
enum PhaseArgument: String, Sendable, CaseIterable, ExpressibleByArgument {
    case none, queued, running, review, done, stalled
}
