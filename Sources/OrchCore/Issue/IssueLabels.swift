/// Reads and writes an issue's phase as labels.
///
/// Trackers compare label names without regard to case, and so does this.
package struct IssueLabels: Sendable, Hashable {
    /// What the labels are called.
    package var names: LabelNames

    /// The labels under these names.
    package init(_ names: LabelNames = LabelNames()) { self.names = names }

    /// The label that shows a phase.
    package func label(for phase: IssuePhase) -> String? {
        switch phase {
        case .none: nil
        case .queued: names.queued
        case .running: names.running
        case .review: names.review
        case .done: names.done
        case .stalled: names.stalled
        }
    }

    /// The phase that labels show.
    ///
    /// When a change of labels was cut off half-way, two are there. Then the one counts that starts no work a second time: running, review,
    /// stalled, done, and queued last. Who wants an issue worked on again takes the old label away, or uses `orch issue retry`.
    package func phase(of labels: some Sequence<String>) -> IssuePhase {
        let present = Set(labels.map { $0.lowercased() })
        for phase in [IssuePhase.running, .review, .stalled, .done, .queued] {
            if let label = label(for: phase), present.contains(label.lowercased()) { return phase }
        }
        return .none
    }

    /// Whether the issue is handed to the hub.
    package func isOrchestrated(_ labels: some Sequence<String>) -> Bool { contains(names.orchestrate, labels) }

    /// Whether its completed work is to wait for a review.
    package func wantsReview(_ labels: some Sequence<String>) -> Bool { contains(names.prOnComplete, labels) }

    /// The labels that show a phase: all phase labels but its own go, the others stay as they are, in order.
    ///
    /// - Parameters:
    ///   - phase: the phase to show.
    ///   - labels: the labels now.
    /// - Returns: the labels wanted; applying this twice changes nothing more.
    package func labels(showing phase: IssuePhase, on labels: [String]) -> [String] {
        let wanted = label(for: phase)
        let others = Set(IssuePhase.allCases.compactMap { label(for: $0)?.lowercased() }).subtracting([
            wanted?.lowercased() ?? ""
        ])
        let kept = labels.filter { !others.contains($0.lowercased()) }
        guard let wanted, !contains(wanted, kept) else { return kept }
        return kept + [wanted]
    }

    private func contains(_ name: String, _ labels: some Sequence<String>) -> Bool {
        let name = name.lowercased()
        return labels.contains { $0.lowercased() == name }
    }
}
