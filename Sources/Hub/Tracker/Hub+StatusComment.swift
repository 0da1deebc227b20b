import OrchCore
import OrchStore
import Settings

extension Hub {
    /// Writes the status comments that are due: at once when a state changed, and else seldom.
    func showStatuses() throws {
        guard isRemote else { return }
        if nowMs >= nextStatusLookMs || nowMs < nextStatusLookMs - 60_000 {
            nextStatusLookMs = nowMs + 15_000
            for agent in try tables.agents.allLive() where agent.phase.isAtWork {
                guard let number = agent.issue, let known = try tables.remote.find(number),
                    nowMs - (known.statusAtMs ?? 0) >= settings.statusMs
                else { continue }
                statusDue.insert(number)
            }
        }
        for number in statusDue.sorted() { try showStatus(number) }
        statusDue = []
    }

    private func showStatus(_ number: Int) throws {
        // Nothing was ever begun: there is nothing to say yet.
        guard let known = try tables.remote.find(number), known.gone == nil,
            try known.statusComment != nil || tables.agents.last(issue: number) != nil
        else { return }
        let body = try statusText(number)
        guard known.statusHash != RequestHash.of(body) else { return }
        try tables.outbox.cancelPending(kind: "issue.status", issue: number, nowMs: nowMs)
        statusCount += 1
        try want(
            .showStatus(.init(issue: number, body: body, comment: known.statusComment)),
            key: "status:\(number):\(epoch):\(statusCount)",
            issue: number
        )
    }

    func statusShown(_ it: Effect.ShowStatus, comment: Int64) throws {
        try tables.remote.setStatus(it.issue, comment: comment, hash: RequestHash.of(it.body), nowMs: nowMs)
    }

    /// What a person wants to know of an issue at a glance.
    func statusText(_ number: Int) throws -> String {
        let issue = try tables.issues.require(number)
        let reason = issue.reason.map { ": \(SafeText.line($0))" } ?? ""
        guard let agent = try tables.agents.last(issue: number) else {
            return "**\(issue.phase.rawValue)**\(reason)"
        }
        let budget = try tables.agents.budget(agent.id)
        let left = max(0, budget.budgetMs - budget.workedMs)
        var rows = [
            ("Agent", "`\(agent.name)`, \(try state(of: agent))"),
            ("Branch", "`\(agent.branch ?? "")`"),
            ("Worked", "\(DurationText.format(budget.workedMs)), \(DurationText.format(left)) of its budget left"),
            ("Tokens", "\(budget.tokens)\(budget.tokensMax.map { " of \($0)" } ?? "")"),
        ]
        if let event = agent.lastEvent {
            rows.append(("Last", "\(SafeText.line(Clip.characters(event, 200))) (\(Timestamp.utc(agent.lastEventMs)))"))
        }
        if let report = try tables.turns.lastReport(agent: agent.id)?.reportSummary {
            rows.append(("Step", SafeText.line(Clip.characters(report, 300))))
        }
        if let pull = try tables.pulls.last(issue: number) {
            rows.append(("Pull request", "#\(pull.number), \(pull.state)"))
        }
        let table = rows.map { "| \($0.0) | \($0.1.replacing("|", with: "\\|")) |" }.joined(separator: "\n")
        return "**\(issue.phase.rawValue)**\(reason)\n\n| | |\n|---|---|\n\(table)"
    }
}
