import OrchCore
import OrchStore
import Settings

extension Hub {
    /// Most facts that are looked at for one digest.
    static let digestBatch = 200

    /// When the next digest is due; nil while there is nothing to tell, or somebody is being told.
    func nextDigestMs() throws -> Int64? {
        guard let agent = try readyOrchestrator(), try tables.turns.openCount(agent: agent.id) == 0 else { return nil }
        return DigestRules.dueMs(firstPendingMs: try tables.digests.firstPendingMs(), debounceMs: settings.debounceMs)
    }

    private func readyOrchestrator() throws -> AgentRecord? {
        guard let agent = try tables.agents.orchestrator(), agent.phase.takesTurns else { return nil }
        return agent
    }

    /// Gathers what is new into one message for the orchestrator, when it is due: no new fact, no turn.
    func makeDigest() throws {
        guard let due = try nextDigestMs(), due <= nowMs || mustDigest, let agent = try readyOrchestrator() else {
            return
        }
        mustDigest = false
        let entries = try tables.digests.pending(limit: Self.digestBatch)
        guard !entries.isEmpty else { return }
        let composed = DigestText.compose(try digestFacts(entries))
        guard composed.told > 0 else { return }
        let turn = try queueTurn(agent, kind: .digest, prompt: composed.text)
        try tables.digests.setDigest(through: entries[composed.told - 1].id, turn: turn.id)
    }

    /// What an agent is doing, in words.
    func state(of agent: AgentRecord) throws -> String {
        let reason = agent.reason.map { " (\($0))" } ?? ""
        guard agent.phase == .ready else { return agent.phase.rawValue + reason }
        if try !tables.approvals.pending(agent: agent.id).isEmpty { return "waiting for an approval" }
        return try tables.turns.openCount(agent: agent.id) > 0 ? "working" : "waiting for a decision"
    }

    private func digestFacts(_ entries: [DigestEntryRecord]) throws -> DigestFacts {
        let hub = try tables.hub.get()
        let agents = try tables.agents.allLive().filter { $0.role == .sub }.map { agent in
            let budget = try tables.agents.budget(agent.id)
            return DigestFacts.Agent(
                name: agent.name,
                issue: agent.issue,
                state: try state(of: agent),
                workedMs: budget.workedMs,
                budgetMs: budget.budgetMs,
                tokens: budget.tokens,
                tokensMax: budget.tokensMax,
                lastReport: try tables.turns.lastReport(agent: agent.id)?.reportSummary
            )
        }
        let common = try commonFacts()
        let queue = try tables.issues.inPhase(.queued).map { issue in
            DigestFacts.Waiting(
                issue: issue.number,
                title: issue.title,
                priority: issue.priority,
                reason: try gates(issue, common).first { !$0.pass }?.detail ?? "its turn comes next"
            )
        }
        var held: String?
        if hub.paused { held = "paused\(hub.pausedReason.map { ": \($0)" } ?? "")" }
        if let until = hub.quotaUntilMs, until > nowMs { held = "usage limit reached" }
        return DigestFacts(
            number: try tables.digests.count() + 1,
            autopilot: hub.autopilot,
            dangerous: hub.dangerous,
            wipUsed: try tables.agents.wipUsed(),
            wipLimit: hub.wip,
            held: held,
            agents: agents,
            queue: queue,
            entries: try entries.map { DigestFacts.Entry(type: $0.kind, data: try JSONValue(parsing: $0.data)) }
        )
    }
}
