import OrchCore
import OrchStore
import Settings

extension Hub {
    /// How often a hub that has work charges it and shows that it is alive, in milliseconds (I6: the error of a budget).
    static let busyBeatMs: Int64 = 1_000
    /// The same for one that has nothing to do.
    static let idleBeatMs: Int64 = 10_000

    var beatIntervalMs: Int64 { isWorking ? Self.busyBeatMs : Self.idleBeatMs }

    var limits: BudgetRules.Limits {
        BudgetRules.Limits(nudges: settings.nudges, staleMs: settings.staleMs, wrapUpGraceMs: settings.wrapUpGraceMs)
    }

    /// Shows that this daemon is alive.
    func beat() throws {
        guard nowMs - lastBeatMs >= beatIntervalMs || nowMs < lastBeatMs else { return }
        lastBeatMs = nowMs
        try tables.hub.beat(nowMs: nowMs)
    }

    /// Charges the time since the last charge to the agents whose turns run, and does what supervision asks for.
    ///
    /// The monotonic clock stands still while the machine sleeps, so a suspend is charged to nobody; nor is a time in which this daemon
    /// itself did not run (stopped, or blocked), beyond three beats.
    func charge() throws {
        guard let last = lastCharge else { return }
        let elapsed = now.monotonicMs - last.monotonicMs
        if let gap = SuspendRules.suspendedMs(from: last, to: now) {
            try tables.events.append("hub.suspended", ["gap_ms": .integer(gap)], nowMs: nowMs)
        }
        guard elapsed >= Self.busyBeatMs / 2 else { return }
        lastCharge = now
        let most = min(elapsed, 3 * Self.busyBeatMs)
        let running =
            link == nil ? [] : try tables.turns.allActive().filter { $0.status == .running && $0.steers == nil }
        isWorking = !running.isEmpty
        for turn in running {
            let agent = try tables.agents.require(turn.agent)
            guard agent.phase.takesTurns, try tables.approvals.pending(agent: agent.id).isEmpty else { continue }
            let worked = bounded(most, turn)
            try tables.turns.addWorked(turn.id, worked)
            guard agent.role == .sub else {
                try addWorked(worked, agent)
                continue
            }
            if turn.workedMs + worked >= settings.turnLimitMs, turn.workedMs < settings.turnLimitMs {
                try tables.events.append("turn.limit", agent: agent.id, issue: agent.issue, turn: turn.id, nowMs: nowMs)
                try interrupt(turn, agent)
            }
            try supervise(agent, worked: worked)
        }
    }

    /// Charges a turn that ends for the time since the last charge, so that short turns cost what they took, too.
    func chargeTail(_ turn: TurnRecord, _ agent: AgentRecord) throws {
        guard let last = lastCharge, turn.status == .running, agent.phase.takesTurns else { return }
        let rest = bounded(min(now.monotonicMs - last.monotonicMs, 3 * Self.busyBeatMs), turn)
        guard rest > 0 else { return }
        try tables.turns.addWorked(turn.id, rest)
        try addWorked(rest, agent)
    }

    /// No more than the turn has run.
    private func bounded(_ ms: Int64, _ turn: TurnRecord) -> Int64 {
        max(0, min(ms, turn.startedAtMs.map { nowMs - $0 } ?? ms))
    }

    private func addWorked(_ ms: Int64, _ agent: AgentRecord) throws {
        var budget = try tables.agents.budget(agent.id)
        budget.workedMs += ms
        try tables.agents.setBudget(agent.id, budget)
    }

    private func supervise(_ agent: AgentRecord, worked: Int64) throws {
        var budget = try tables.agents.budget(agent.id)
        let action = BudgetRules.charge(&budget, elapsedMs: worked, isStalled: agent.phase == .stalled, limits: limits)
        try tables.agents.setBudget(agent.id, budget)
        switch action {
        case nil: break
        case .nudge(let number):
            try tables.events.append(
                "agent.nudged",
                agent: agent.id,
                issue: agent.issue,
                ["number": .integer(Int64(number))],
                nowMs: nowMs
            )
            try queueTurn(agent, kind: .nudge, prompt: Prompts.nudge)
            try tables.digests.add(
                "TIMEOUT_CHECKIN",
                agent: agent.id,
                issue: agent.issue,
                data: .object(["agent": .string(agent.name), "nudge": .integer(Int64(number))]),
                nowMs: nowMs
            )
        case .stallUnresponsive: try stall(agent, reason: "no report after \(limits.nudges) nudges")
        case .stallSilent:
            try stall(agent, reason: "no sign of life for \(DurationText.format(budget.silentMs)) of work")
        case .wrapUp:
            try tables.agents.setPhase(agent.id, .wrappingUp, reason: "its budget is used up", nowMs: nowMs)
            try tables.events.append(
                "agent.wrap_up",
                agent: agent.id,
                issue: agent.issue,
                ["worked_ms": .integer(budget.workedMs), "tokens": .integer(budget.tokens)],
                nowMs: nowMs
            )
            try queueTurn(agent, kind: .wrapUp, prompt: Prompts.wrapUp)
        case .close: try close(agent, outcome: .budget, reason: "its budget is used up, and it did not wrap up")
        }
    }

    private func stall(_ agent: AgentRecord, reason: String) throws {
        try tables.agents.setPhase(agent.id, .stalled, reason: reason, nowMs: nowMs)
        try tables.events.append(
            "agent.stalled",
            agent: agent.id,
            issue: agent.issue,
            ["reason": .string(reason)],
            nowMs: nowMs
        )
        if let issue = agent.issue {
            try setPhase(issue: issue, .stalled, reason: reason)
            let nudges = try tables.agents.budget(agent.id).nudges
            try comment(
                issue,
                key: "stalled:\(agent.id):\(nowMs)",
                body:
                    "Agent `\(agent.name)` is stalled: \(reason). Its last sign of life was at \(Timestamp.utc(agent.lastEventMs)) (\(SafeText.line(Clip.characters(agent.lastEvent ?? "", 200)))); \(nudges) nudges were sent."
            )
        }
        try tables.digests.add(
            "STALLED",
            agent: agent.id,
            issue: agent.issue,
            data: .object(["agent": .string(agent.name), "reason": .string(reason)]),
            nowMs: nowMs
        )
    }

    /// An agent that waits for a decision is told of once more after a check-in's time, and handed to a person after the stale time.
    ///
    /// Waiting is not worked time, so this counts hours of the hub's own life only: from its start, if that is later.
    func superviseIdle() throws {
        guard nowMs >= nextIdleCheckMs || nowMs < nextIdleCheckMs - 60_000 else { return }
        nextIdleCheckMs = nowMs + 15_000
        for agent in try tables.agents.allLive() where agent.role == .sub && agent.phase == .ready {
            guard try tables.turns.openCount(agent: agent.id) == 0,
                try tables.turns.lastStarted(agent: agent.id) != nil
            else { continue }
            let since = max(agent.lastEventMs, try tables.hub.get().startedAtMs ?? 0)
            let idleMs = nowMs - since
            let budget = try tables.agents.budget(agent.id)
            if idleMs >= budget.checkinMs, try !tables.digests.isTold("IDLE", agent: agent.id, sinceMs: since) {
                try tables.digests.add(
                    "IDLE",
                    agent: agent.id,
                    issue: agent.issue,
                    data: .object(["agent": .string(agent.name), "idle": .string(DurationText.format(idleMs))]),
                    nowMs: nowMs
                )
            }
            if idleMs >= budget.checkinMs + settings.staleMs {
                try stall(agent, reason: "nobody has decided about it for \(DurationText.format(idleMs))")
            }
        }
    }
}
