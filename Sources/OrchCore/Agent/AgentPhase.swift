/// Where an agent's run stands.
///
/// What it does at this moment (working, waiting, idle) is derived from its turns and approvals.
///
/// ```
/// starting ──worktree and thread exist──▶ ready ──budget used──▶ wrapping_up ──▶ closed
///     │                                    │ ▲                                    ▲
///     │                          silence   ▼ │ sign of life                       │
///     │                                  stalled ─────────────closed by somebody──┤
///     └──cannot start / resume lost──▶ parked ────────────────retried or closed───┘
/// ```
package enum AgentPhase: String, Sendable, Hashable, CaseIterable {
    case starting, ready, stalled, parked, closed
    case wrappingUp = "wrapping_up"

    /// Whether the agent may be given another message.
    package var takesTurns: Bool {
        switch self {
        case .ready, .wrappingUp, .stalled: true
        case .starting, .parked, .closed: false
        }
    }
}
