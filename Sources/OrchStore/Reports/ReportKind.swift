/// The questions that `orch query` answers, each a documented view `report_…` of `Migrations/m0002_reports.sql`.
package enum ReportKind: String, Sendable, Hashable, CaseIterable {
    /// What the orchestrator decided, and what became of it.
    case decisions
    /// Who is stalled, since when, why, and what was tried.
    case stalls
    /// Who works on what.
    case agents
    case issues
    /// The messages to agents.
    case turns
    /// The requests of Codex that somebody answers.
    case approvals
    case artifacts
    /// The log.
    case events
    /// What each agent may consume, and what is left.
    case budgets
    /// What was consumed, by agent and day.
    case tokens
    /// What happened, in words.
    case timeline
    /// The effects on the world.
    case outbox
    /// What the app-server wrote to its standard error, of late.
    case stderr

    /// The view that answers it.
    package var view: String { "report_" + rawValue }

    /// The columns that a table for people shows; machines get all of the view's.
    package var headline: [String] {
        switch self {
        case .decisions: ["id", "at", "verb", "status", "agent", "issue", "reason"]
        case .stalls: ["agent", "issue", "state", "since_at", "why", "tried"]
        case .agents: ["name", "issue", "state", "worked_ms", "budget_ms", "tokens", "turns", "last_report"]
        case .issues: ["number", "phase", "agent", "blocked_by", "labels", "branch", "title"]
        case .turns: ["seq", "agent", "issue", "kind", "status", "tokens", "worked_ms", "created_at", "report_summary"]
        case .approvals: ["id", "status", "agent", "issue", "kind", "summary", "deadline_at"]
        case .artifacts: ["id", "kind", "size", "agent", "issue", "at", "name"]
        case .events: ["seq", "at", "kind", "agent", "issue", "data"]
        case .budgets:
            [
                "agent", "issue", "phase", "worked_ms", "budget_ms", "left_ms", "tokens", "tokens_max", "nudges",
                "wrap_up",
            ]
        case .tokens: ["day", "agent", "issue", "turns", "tokens", "unmeasured", "worked_ms"]
        case .timeline: ["at", "kind", "agent", "issue", "what"]
        case .outbox: ["id", "created_at", "kind", "status", "agent", "issue", "attempts", "error"]
        case .stderr: ["at", "line"]
        }
    }

    /// The columns that order the rows.
    var order: [String] {
        switch self {
        case .decisions, .agents, .approvals, .outbox, .stderr: ["id"]
        case .stalls: ["since_at_ms", "issue", "agent_id"]
        case .issues: ["number"]
        case .turns, .events, .timeline: ["seq"]
        case .artifacts: ["at_ms", "use_id", "id"]
        case .budgets: ["agent_id"]
        case .tokens: ["day", "agent_id"]
        }
    }

    /// Whether it tells of moments: then a limit keeps the newest rows, else the first ones.
    var isLog: Bool {
        switch self {
        case .decisions, .turns, .approvals, .artifacts, .events, .timeline, .outbox, .tokens, .stderr: true
        case .stalls, .agents, .issues, .budgets: false
        }
    }

    /// The columns that a period is compared with: a row counts if it ends at or after `since` and begins before `until`.
    package var period: (begins: String, ends: String) {
        switch self {
        case .decisions, .approvals, .artifacts, .events, .timeline, .stderr: ("at_ms", "at_ms")
        case .stalls: ("since_at_ms", "since_at_ms")
        case .agents: ("created_at_ms", "last_event_at_ms")
        case .issues: ("created_at_ms", "updated_at_ms")
        case .turns, .outbox: ("created_at_ms", "created_at_ms")
        case .budgets: ("last_event_at_ms", "last_event_at_ms")
        case .tokens: ("first_at_ms", "last_at_ms")
        }
    }

    /// The column with the agent's row; nil when it tells of no agents.
    var agentColumn: String? {
        switch self {
        case .agents: "id"
        case .stderr: nil
        default: "agent_id"
        }
    }

    /// The column with the issue's number; nil when it tells of no issues.
    var issueColumn: String? {
        switch self {
        case .issues: "number"
        case .stderr: nil
        default: "issue"
        }
    }

    /// What a person is told when there are no rows, and all were asked for.
    package var nothing: String {
        switch self {
        case .decisions: "Nothing was decided yet."
        case .stalls: "Nobody is stalled."
        case .agents: "There was no agent yet."
        case .issues: "There are no issues."
        case .turns: "No agent was sent a message yet."
        case .approvals: "Nothing was asked for yet."
        case .artifacts: "Nothing is stored yet."
        case .events, .timeline: "Nothing happened yet."
        case .budgets: "No agent has a budget yet."
        case .tokens: "No tokens were used yet."
        case .outbox: "There was nothing to do yet."
        case .stderr: "The app-server wrote nothing."
        }
    }
}
