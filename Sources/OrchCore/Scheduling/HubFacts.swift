/// What the scheduler needs to know of the hub.
package struct HubFacts: Sendable, Hashable {
    package var isPaused: Bool
    package var pausedReason: String?
    package var quotaUntilMs: Int64?
    package var wipLimit: Int
    /// Live sub-agents: each takes a place.
    package var wipUsed: Int
    /// Agents that hold a place and wait for a person, by name.
    package var waiting: [String]
    /// What the labels are called, for the words of a gate.
    package var labels: LabelNames

    /// The facts of the hub.
    package init(
        isPaused: Bool,
        pausedReason: String?,
        quotaUntilMs: Int64?,
        wipLimit: Int,
        wipUsed: Int,
        waiting: [String] = [],
        labels: LabelNames = LabelNames()
    ) {
        self.isPaused = isPaused
        self.pausedReason = pausedReason
        self.quotaUntilMs = quotaUntilMs
        self.wipLimit = wipLimit
        self.wipUsed = wipUsed
        self.waiting = waiting
        self.labels = labels
    }
}
