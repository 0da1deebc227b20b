import OrchCore
import OrchStore
import Settings

extension Hub {
    /// Ends an agent's run for now: a person stopped it, or its work waits for a review.
    ///
    /// It keeps its thread, its worktree, and the messages of people; its place is free.
    func rest(_ agent: AgentRecord, reason: String) throws {
        guard agent.phase != .closed, agent.phase != .resting else { return }
        guard agent.phase != .starting else {  // there is nothing to keep
            try close(agent, outcome: .cancelled, reason: reason)
            return
        }
        try tables.agents.setPhase(agent.id, .resting, reason: reason, nowMs: nowMs)
        try tables.turns.cancelQueued(
            agent: agent.id,
            kinds: [.nudge, .wrapUp],
            reason: "its agent was stopped",
            nowMs: nowMs
        )
        for approval in try tables.approvals.pending(agent: agent.id) {
            try decide(approval, .denied, by: "hub", reason: "its agent was stopped")
        }
        if let turn = try tables.turns.active(agent: agent.id) { try interrupt(turn, agent) }
        try tables.events.append(
            "agent.resting",
            agent: agent.id,
            issue: agent.issue,
            ["reason": .string(reason)],
            nowMs: nowMs
        )
        mustSchedule = true
    }

    /// Lets a resting agent go on, in the same conversation and on the same branch: there is a place for it.
    ///
    /// One whose budget was used up gets another of the same size.
    func wake(_ agent: AgentRecord) throws {
        var budget = try tables.agents.budget(agent.id)
        if budget.isUsedUp {
            budget.budgetMs = budget.workedMs + settings.budgetMs
            if let most = settings.tokensMax { budget.tokensMax = budget.tokens + most }
        }
        budget.wrapUpAtWorkedMs = nil
        budget.checkinAtWorkedMs = budget.workedMs + budget.checkinMs
        try tables.agents.setBudget(agent.id, budget)
        guard isRemote, let issue = agent.issue else {
            try goOnNow(agent)
            return
        }
        // It takes its place at once, and goes on when the issue is surely ours.
        try tables.agents.setPhase(agent.id, .starting, reason: agent.reason, nowMs: nowMs)
        try wantClaim(agent, issue: issue)
    }
}
