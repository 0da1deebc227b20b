import OrchCore
import OrchStore
import Settings

extension Hub {
    /// Asks for an issue, before anything is done for it: another hub, on another machine, may see the same labels.
    func wantClaim(_ agent: AgentRecord, issue number: Int) throws {
        let key = "claim:\(agent.id)"
        try tables.outbox.renew(key: key)
        try want(
            .claim(
                .init(
                    issue: number,
                    agent: agent.id,
                    hub: try tables.tracker.get().hub,
                    host: environment.host,
                    text:
                        "Agent `\(agent.name)` \(agent.worktree == nil ? "works on" : "goes on with") this, on branch `\(agent.branch ?? "")`.",
                    queuedLabel: settings.labels.queued
                )
            ),
            key: key,
            agent: agent.id,
            issue: number
        )
    }

    /// The issue is ours: the agent begins, or goes on.
    func claimed(_ it: Effect.Claim, comment: Int64) throws {
        try tables.remote.setHolder(it.issue, heldBy: nil, claim: comment)
        let agent = try tables.agents.require(it.agent)
        guard agent.phase == .starting else { return }
        try setPhase(issue: it.issue, .running, reason: nil)
        // One that rested has its place made ready, too: the newest of the base is fetched, and a worktree that is gone is made again.
        try wantWorkspace(agent)
    }

    /// Another hub has it, or it can't be claimed: nothing was begun.
    func claimFailed(_ it: Effect.Claim, code: EffectResult.FailureCode, reason: String) throws {
        let agent = try tables.agents.require(it.agent)
        guard agent.phase == .starting else { return }
        if agent.worktree == nil {
            try tables.agents.close(agent.id, outcome: .cancelled, reason: reason, nowMs: nowMs)
            try tables.events.append(
                "agent.closed",
                agent: agent.id,
                issue: it.issue,
                ["name": .string(agent.name), "outcome": "cancelled", "reason": .string(reason)],
                nowMs: nowMs
            )
        } else {
            try tables.agents.setPhase(agent.id, .resting, reason: reason, nowMs: nowMs)
        }
        mustSchedule = true
        guard code == .heldByOther else {
            try setPhase(issue: it.issue, .stalled, reason: "it could not be claimed: \(reason)")
            return
        }
        try tables.remote.setHolder(it.issue, heldBy: reason, claim: nil)
        // Its labels are the other hub's business now.
        try tables.issues.setPhase(it.issue, .none, reason: "held by \(reason)", nowMs: nowMs)
        try tables.events.append("issue.held", issue: it.issue, ["by": .string(reason)], nowMs: nowMs)
    }
}
