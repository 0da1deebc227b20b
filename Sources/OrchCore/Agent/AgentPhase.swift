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
///
/// A `ready`, `stalled` or `parked` agent that a person stops, or whose pull request waits for its review, is `resting`: it keeps its thread, its
/// worktree and its messages, takes no place of the WIP limit, and is `ready` again when there is work for it and a place.
package enum AgentPhase: String, Sendable, Hashable, CaseIterable {
    case starting, ready, stalled, parked, resting, closed
    case wrappingUp = "wrapping_up"

    /// Whether its run goes on: it takes a place of the WIP limit.
    package var isAtWork: Bool { self != .resting && self != .closed }

    /// Whether the agent may be given another message.
    package var takesTurns: Bool {
        switch self {
        case .ready, .wrappingUp, .stalled: true
        case .starting, .parked, .resting, .closed: false
        }
    }
}
