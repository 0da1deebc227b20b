/// The life of one message to an agent.
///
/// ```
/// queued ──▶ submitting ──accepted──▶ running ──▶ completed | interrupted | failed
///    │            ├──────steer accepted──▶ steered
///    └▶ cancelled └──refused by Codex────▶ refused
/// ```
package enum TurnStatus: String, Sendable, Hashable, CaseIterable {
    case queued, submitting, running, steered, completed, interrupted, failed, refused, cancelled

    /// Whether nothing will happen to it any more.
    package var isSettled: Bool {
        switch self {
        case .queued, .submitting, .running: false
        case .steered, .completed, .interrupted, .failed, .refused, .cancelled: true
        }
    }
}
