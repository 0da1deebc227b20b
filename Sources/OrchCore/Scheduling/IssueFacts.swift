/// What the scheduler needs to know of one issue.
package struct IssueFacts: Sendable, Hashable {
    package var number: Int
    package var isOpen: Bool
    package var isOrchestrated: Bool
    package var phase: IssuePhase
    package var priority: Int
    package var createdAtMs: Int64
    /// Blockers that are still open, ascending; unknown numbers count as open.
    package var openBlockers: [Int]
    /// Those of them that no issue has.
    package var unknownBlockers: [Int]
    /// The cycle of blockers that this issue is part of, if any.
    package var blockerCycle: [Int]?
    /// The live agent that already works on it.
    package var liveAgent: String?
    package var retryAtMs: Int64?
    package var attempts: Int

    /// The facts of one issue.
    package init(
        number: Int,
        isOpen: Bool,
        isOrchestrated: Bool,
        phase: IssuePhase,
        priority: Int,
        createdAtMs: Int64,
        openBlockers: [Int],
        blockerCycle: [Int]?,
        liveAgent: String?,
        retryAtMs: Int64?,
        attempts: Int,
        unknownBlockers: [Int] = []
    ) {
        self.number = number
        self.isOpen = isOpen
        self.isOrchestrated = isOrchestrated
        self.phase = phase
        self.priority = priority
        self.createdAtMs = createdAtMs
        self.openBlockers = openBlockers
        self.unknownBlockers = unknownBlockers
        self.blockerCycle = blockerCycle
        self.liveAgent = liveAgent
        self.retryAtMs = retryAtMs
        self.attempts = attempts
    }
}

extension IssueFacts {
    /// What the hub takes first: priority, then the oldest, then the number.
    package var rank: (Int, Int64, Int) { (priority, createdAtMs, number) }
}
