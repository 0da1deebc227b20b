import OrchCore

/// How a report's rows are chosen by a word.
struct StatusCondition: Sendable, Hashable {
    /// The SQL, with a `?` for each value.
    var sql: String
    var values: [String]
}

extension ReportKind {
    /// The words that `--status` takes; nil when it is a kind (`turn.completed`), or a kind's noun (`turn`), that the log decides about.
    package var statuses: [String]? {
        switch self {
        case .decisions: DecisionStatus.allCases.map(\.rawValue)
        case .stalls: ["stalled", "parked"]
        case .agents:
            [
                "live", "starting", "queued", "working", "waiting_approval", "wrapping_up", "idle", "stalled", "parked",
                "closed",
            ]
        case .issues: IssuePhase.allCases.map(\.rawValue) + ["open", "closed"]
        case .turns: TurnStatus.allCases.map(\.rawValue)
        case .approvals: ApprovalStatus.allCases.map(\.rawValue)
        case .artifacts: ["report", "log", "diff", "exec", "note", "message"]
        case .events, .timeline: nil
        case .budgets: AgentPhase.allCases.map(\.rawValue)
        case .tokens, .stderr: []
        case .outbox: OutboxStatus.allCases.map(\.rawValue)
        }
    }

    /// The condition for a word.
    ///
    /// - Throws: `StoreError.invalidQuery` for a word that this report does not know, listing those that it does.
    func condition(status word: String) throws(StoreError) -> StatusCondition {
        guard let statuses else { return Self.kindCondition(word) }
        guard statuses.contains(word) else {
            let shown = SafeText.line(String(word.prefix(60)))
            guard !statuses.isEmpty else { throw StoreError(.invalidQuery, "\(rawValue) can't be chosen by status") }
            throw StoreError(
                .invalidQuery,
                "'\(shown)' is no status of \(rawValue): choose one of \(statuses.joined(separator: ", "))"
            )
        }
        switch (self, word) {
        case (.agents, "live"): return StatusCondition(sql: "closed_at_ms IS NULL", values: [])
        case (.agents, _), (.stalls, _), (.issues, "open"), (.issues, "closed"):
            return StatusCondition(sql: "state = ?", values: [word])
        case (.issues, _), (.budgets, _): return StatusCondition(sql: "phase = ?", values: [word])
        case (.artifacts, _): return StatusCondition(sql: "kind = ?", values: [word])
        default: return StatusCondition(sql: "status = ?", values: [word])
        }
    }

    private static func kindCondition(_ word: String) -> StatusCondition {
        // A noun alone means all its verbs ("/" is the character after "."), or is a kind itself.
        word.contains(".")
            ? StatusCondition(sql: "kind = ?", values: [word])
            : StatusCondition(sql: "(kind = ? OR (kind >= ? AND kind < ?))", values: [word, word + ".", word + "/"])
    }
}
