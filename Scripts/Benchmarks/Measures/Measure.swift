import OrchStore

/// What can be measured, or prepared to be measured from outside.
enum Measure: String, CaseIterable {
    /// Fills a database with a year of events, for `orch query`.
    case history
    /// Hands commands to the daemon that runs in the folder.
    case handover
    /// One input, one `Hub.step`.
    case steps
    /// Durable steps: enqueue, claim, complete.
    case outbox
    /// What the app-server says, from its bytes to rows.
    case notifications

    func run(in folder: String, isQuick: Bool) async throws {
        switch self {
        case .history: try History(eventCount: isQuick ? 100_000 : 1_000_000).fill(OrchFolder(repository: folder))
        case .handover:
            try await Handover(count: isQuick ? 200 : 1_000).measure(OrchFolder(repository: folder))
        case .steps: try StepCost(count: isQuick ? 300 : 2_000).measure(folder)
        case .outbox: try OutboxSteps(seconds: isQuick ? 1 : 3).measure(folder)
        case .notifications: try await NotificationRate(rounds: isQuick ? 5 : 25).measure(folder)
        }
    }
}
