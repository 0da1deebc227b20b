import OrchCore
import OrchStore
import Settings

extension Hub {
    /// The artifacts of the database.
    var artifacts: ArtifactStore { ArtifactStore(db: db) }

    func artifactText(_ id: String, limit: Int = 1 << 20) throws -> String {
        SafeText.utf8(try artifacts.read(id, limit: limit))
    }

    /// The orchestrator's agent, if one is wanted.
    func ensureOrchestrator() throws {
        let wanted = try tables.hub.get().orchestrator
        if let live = try tables.agents.orchestrator() {
            if !wanted { try close(live, outcome: .cancelled, reason: "no orchestrator is wanted") }
            return
        }
        guard wanted else { return }
        let agent = try tables.agents.create(
            AgentTable.New(
                name: "orchestrator",
                role: .orchestrator,
                issue: nil,
                branch: nil,
                worktree: nil,
                budget: BudgetState(
                    budgetMs: Int64(1) << 50,
                    tokensMax: settings.orchestratorTokens,
                    checkinMs: Int64(1) << 50
                )
            ),
            nowMs: nowMs
        )
        try tables.events.append(
            "agent.created",
            agent: agent.id,
            ["name": .string(agent.name), "role": .string("orchestrator")],
            nowMs: nowMs
        )
        try openThread(agent, cwd: environment.repository)
    }

    /// Starts an agent: its row, its budget and the first deed, in one transaction.
    ///
    /// Each later step follows from the one before.
    @discardableResult
    func createAgent(name: String, issue: IssueRecord?, brief: String?) throws -> AgentRecord {
        let labels = try issue.map { try tables.issues.labels($0.number) } ?? []
        let sla = SLALabels.parse(labels)
        let budgetMs = sla.budgetMs ?? settings.budgetMs
        let branch =
            issue.map { $0.branch ?? BranchName.make(prefix: settings.branchPrefix, issue: $0.number, title: $0.title) }
            ?? settings.branchPrefix + name
        let agent = try tables.agents.create(
            AgentTable.New(
                name: name,
                role: .sub,
                issue: issue?.number,
                branch: branch,
                worktree: nil,
                budget: BudgetState(
                    budgetMs: budgetMs,
                    tokensMax: settings.tokensMax,
                    checkinMs: sla.checkinMs ?? settings.checkinMs
                )
            ),
            nowMs: nowMs
        )
        try tables.events.append(
            "agent.created",
            agent: agent.id,
            issue: issue?.number,
            [
                "name": .string(name), "role": .string("sub"), "branch": .string(branch),
                "budget_ms": .integer(budgetMs),
            ],
            nowMs: nowMs
        )
        // With GitHub its labels change when the issue is surely ours.
        if let issue, !isRemote { try setPhase(issue: issue.number, .running, reason: nil) }
        if let brief { try tables.agents.setBrief(agent.id, brief) }
        if isRemote, let issue { try wantClaim(agent, issue: issue.number) } else { try wantWorkspace(agent) }
        return agent
    }

    /// Asks for an agent's worktree, again if need be.
    func wantWorkspace(_ agent: AgentRecord) throws {
        guard let branch = agent.branch else { return }
        let key = "workspace.prepare:\(agent.id)"
        let folder = agent.issue.map { "iss-\($0)" } ?? agent.name
        try tables.outbox.renew(key: key)
        try want(
            .prepareWorkspace(.init(agent: agent.id, name: agent.name, branch: branch, folder: folder)),
            key: key,
            agent: agent.id,
            issue: agent.issue
        )
    }

    func workspacePrepared(agent id: Int64, path: String, branch: String, base: String, head: String, reused: Bool)
        throws
    {
        let agent = try tables.agents.require(id)
        guard agent.phase == .starting else { return }
        try tables.agents.setWorkspace(id, branch: branch, worktree: path)
        if let issue = agent.issue {
            try tables.issues.setWorkspace(issue, branch: branch, worktree: path, baseCommit: base)
            try tables.issues.setHead(issue, head)
        }
        try tables.events.append(
            "workspace.ready",
            agent: id,
            issue: agent.issue,
            ["worktree": .string(path), "branch": .string(branch), "head": .string(head), "reused": .bool(reused)],
            nowMs: nowMs
        )
        if isRemote, try tables.conversations.current(agent: id) != nil {
            // It rested: the same conversation goes on.
            try tables.agents.setPhase(id, .resting, reason: agent.reason, nowMs: nowMs)
            try goOnNow(try tables.agents.require(id))
            return
        }
        let ready = try tables.agents.require(id)
        try openThread(ready, cwd: path)
        if try tables.turns.firstPrompt(agent: id) == nil {
            try queueTurn(ready, kind: .task, prompt: try taskPrompt(ready))
        } else {  // it had a conversation before
            try handOver(ready)
        }
        try giveWaitingFeedback(to: ready)
        if let issue = agent.issue, !isRemote {  // where there are claims, the claim says it
            try comment(
                issue,
                key: "started:\(id)",
                body: "Agent `\(agent.name)` started on branch `\(branch)`."
            )
        }
    }

    /// An agent that could not be started: its issue waits and is tried again, a bounded number of times.
    func agentFailedToStart(_ id: Int64, reason: String) throws {
        let agent = try tables.agents.require(id)
        guard agent.phase == .starting else { return }
        try close(agent, outcome: .failed, reason: reason)
    }

    /// Ends an agent's run.
    ///
    /// Its running turn is interrupted, what waits is dropped, and its issue moves on, to `phase` or to what follows from the outcome.
    func close(_ agent: AgentRecord, outcome: AgentOutcome, reason: String?, phase: IssuePhase? = nil) throws {
        guard agent.phase != .closed else { return }
        if isRemote, outcome == .done, agent.phase != .resting, let number = agent.issue,
            try issueLabels.wantsReview(tables.issues.labels(number))
        {
            try deliver(agent, issue: number, reason: reason)
            return
        }
        try tables.agents.close(agent.id, outcome: outcome, reason: reason, nowMs: nowMs)
        try tables.turns.cancelQueued(agent: agent.id, reason: "its agent was closed", nowMs: nowMs)
        try tables.outbox.cancelPending(
            agent: agent.id,
            kinds: ["workspace.prepare", "thread.start", "thread.sync"],
            nowMs: nowMs
        )
        for approval in try tables.approvals.pending(agent: agent.id) {
            try decide(approval, .denied, by: "hub", reason: "its agent was closed")
        }
        if let turn = try tables.turns.active(agent: agent.id) { try interrupt(turn, agent) }
        try tables.events.append(
            "agent.closed",
            agent: agent.id,
            issue: agent.issue,
            [
                "name": .string(agent.name), "outcome": .string(outcome.rawValue),
                "reason": reason.map { .string($0) } ?? .null,
            ],
            nowMs: nowMs
        )
        if let worktree = agent.worktree, settings.hooks.afterRun != nil {
            try want(
                .runHook(.init(hook: "after_run", worktree: worktree)),
                key: "hook.after_run:\(agent.id)",
                agent: agent.id
            )
        }
        if let number = agent.issue {
            try issueAfter(agent, number: number, outcome: outcome, reason: reason, phase: phase)
        }
        if let conversation = try tables.conversations.current(agent: agent.id),
            try tables.turns.active(agent: agent.id) == nil
        {
            try tables.conversations.setState(conversation.id, .closed)
        }
        mustSchedule = true
    }

    /// Ends the running turn and the commands that it started.
    func interrupt(_ turn: TurnRecord, _ agent: AgentRecord) throws {
        guard let conversation = try turn.conversation.flatMap({ try tables.conversations.find($0) }),
            let thread = conversation.thread,
            let codexTurn = turn.codexTurn
        else {
            // Not accepted yet: it is dropped if it was not sent, else it is interrupted when its acceptance shows.
            return
        }
        try want(
            .interruptTurn(.init(threadID: thread, codexTurn: codexTurn)),
            key: "turn.interrupt:\(turn.id)",
            agent: agent.id,
            turn: turn.id
        )
    }

    private func issueAfter(
        _ agent: AgentRecord,
        number: Int,
        outcome: AgentOutcome,
        reason: String?,
        phase: IssuePhase?
    ) throws {
        let issue = try tables.issues.require(number)
        switch outcome {
        case .done:
            let waits = try phase == nil && tables.issues.labels(number).contains(settings.labels.prOnComplete)
            try setPhase(issue: number, phase ?? (waits ? .review : .done), reason: reason)
            try tables.issues.setRetry(number, attempts: 0, retryAtMs: nil)
            try comment(
                number,
                key: "done:\(agent.id)",
                body:
                    "Agent `\(agent.name)` finished\(waits ? "; its branch waits for review" : "").\(reason.map { "\n\n" + $0 } ?? "")"
            )
        case .failed:
            let attempts = issue.attempts + 1
            guard attempts < settings.maxAttempts, issue.isOpen else {
                try setPhase(
                    issue: number,
                    .stalled,
                    reason: "attempt \(attempts) failed: \(reason ?? "no reason was given")"
                )
                try tables.issues.setRetry(number, attempts: attempts, retryAtMs: nil)
                return
            }
            let wait = RetryRules.backoffMs(
                attempt: attempts,
                baseMs: settings.retryBaseMs,
                capMs: settings.retryCapMs,
                unit: environment.unitRandom()
            )
            try tables.issues.setRetry(number, attempts: attempts, retryAtMs: nowMs + wait)
            try setPhase(issue: number, .queued, reason: reason)
        case .budget: try setPhase(issue: number, .stalled, reason: reason ?? "its budget is used up")
        case .cancelled:
            try setPhase(issue: number, issue.isOpen ? .stalled : .none, reason: reason ?? "its agent was closed")
        }
        try wantLastLook(at: agent, issue: issue)
    }

    /// The key of the look at what an agent leaves.
    func lastLookKey(_ agent: AgentRecord) -> String { "workspace.inspect:close:\(agent.id)" }

    /// Asks git for what an agent leaves; once, unless the key is renewed.
    func wantLastLook(at agent: AgentRecord, issue: IssueRecord) throws {
        guard let worktree = agent.worktree, let branch = agent.branch else { return }
        try want(
            .inspectWorkspace(
                .init(
                    agent: agent.id,
                    worktree: worktree,
                    branch: branch,
                    base: issue.baseCommit,
                    purpose: .close,
                    turn: nil
                )
            ),
            key: lastLookKey(agent),
            agent: agent.id,
            issue: issue.number
        )
    }

    /// What git shows when an agent has ended: the evidence for its issue.
    func recordEvidence(_ agent: AgentRecord, _ facts: WorkspaceFacts) throws {
        guard let number = agent.issue else { return }
        if !facts.head.isEmpty { try tables.issues.setHead(number, facts.head) }
        try tables.events.append(
            "issue.evidence",
            agent: agent.id,
            issue: number,
            [
                "head": .string(facts.head), "commits": .integer(Int64(facts.commitsAhead)),
                "uncommitted": .array(facts.uncommitted.map { .string($0) }),
            ],
            nowMs: nowMs
        )
        let issue = try tables.issues.require(number)
        if agent.phase == .resting, issue.phase == .review {
            try deliver(agent, issue: issue, facts)
            return
        }
        if isRemote, !issue.isOpen, agent.phase == .closed, facts.commitsAhead == 0, facts.uncommitted.isEmpty {
            try retire(number, merged: nil)  // nothing was made
        }
        guard agent.outcome == .done, facts.commitsAhead == 0, issue.phase == .done || issue.phase == .review else {
            return
        }
        guard facts.uncommitted.isEmpty else {  // it is not done: nobody could merge it
            try setPhase(issue: number, .stalled, reason: "nothing was committed; uncommitted work is in its worktree")
            return
        }
        let nothing = "nothing was committed"
        guard issue.reason?.hasPrefix(nothing) != true else { return }
        try setPhase(issue: number, .done, reason: nothing)
        if isRemote { try comment(number, key: "nothing:\(agent.id)", body: "Nothing was committed.") }
    }

    /// What follows from a sub-agent's report.
    func afterReport(_ agent: AgentRecord, _ turn: TurnRecord, _ report: Report?) throws {
        let summary = report?.summary ?? "its turn ended without a message"
        let status = report?.status ?? .unknown
        try tables.digests.add(
            "AGENT_UPDATE",
            agent: agent.id,
            issue: agent.issue,
            data: .object([
                "agent": .string(agent.name), "issue": agent.issue.map { .integer(Int64($0)) } ?? .null,
                "kind": .string(turn.kind.rawValue),
                "summary": .string(summary), "status": .string(status.word),
                "artifact": report.map { .string(String($0.artifact.prefix(12))) } ?? .null,
            ]),
            nowMs: nowMs
        )
        if let issue = agent.issue, let report {
            try comment(
                issue,
                key: "report:\(turn.id)",
                body: ControlParser.strip(report.text),
                heading: "**\(agent.name)** reports",
                artifact: report.artifact
            )
        }
        if agent.phase == .wrappingUp {
            if status == .done {
                try close(agent, outcome: .done, reason: summary)
            } else {
                try close(agent, outcome: .budget, reason: "its budget is used up; it wrapped up: \(summary)")
            }
            return
        }
        guard agent.phase.isAtWork, try !tables.hub.get().orchestrator,
            try tables.turns.nextQueued(agent: agent.id) == nil
        else { return }
        try goOnByPolicy(agent, status: status, summary: summary)
    }

    /// Without an orchestrator, the report's own status decides.
    private func goOnByPolicy(_ agent: AgentRecord, status: ReportStatus, summary: String) throws {
        let taken = try tables.turns.completedCount(agent: agent.id)
        if case .blocked(let why) = status {
            try park(agent, reason: "it is blocked: \(why)")
            return
        }
        switch CompletionRules.afterReport(isComplete: status == .done, turnsTaken: taken, maxTurns: settings.maxTurns)
        {
        case .close: try close(agent, outcome: .done, reason: summary)
        case .goOn: try queueTurn(agent, kind: .send, prompt: Prompts.goOn)
        case .stall: try park(agent, reason: "\(taken) turns, and its task is not done")
        }
    }
}
