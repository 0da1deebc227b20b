/// What the hub makes of an issue; mirrored by the `agent:…` labels.
package enum IssuePhase: String, Sendable, Hashable, CaseIterable {
    /// Not asked for.
    case none
    /// Waits for an agent.
    case queued
    /// An agent works on it.
    case running
    /// Its branch waits for a person.
    case review
    /// Finished.
    case done
    /// Needs somebody; the reason is recorded.
    case stalled
}
