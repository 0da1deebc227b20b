/// Why a message is sent to an agent.
package enum TurnKind: String, Sendable, Hashable, CaseIterable {
    /// The charter, first.
    case task
    /// A person's or the orchestrator's words.
    case send
    /// A check-in that found no report.
    case nudge
    /// The budget is used: say where things stand.
    case wrapUp = "wrap_up"
    /// A Decision-Ready Digest, to the orchestrator.
    case digest
    /// An interrupted or failed turn goes on.
    case `continue`

    /// Whether such a message may be put into a running turn; the others start a turn of their own.
    package var canSteer: Bool {
        switch self {
        case .send, .nudge, .wrapUp: true
        case .task, .digest, .continue: false
        }
    }
}
