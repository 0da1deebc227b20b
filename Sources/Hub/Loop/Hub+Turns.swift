import OrchCore
import OrchStore
import Settings

extension Hub {
    /// Records a message that is to be sent; `dispatch` sends it when it can.
    @discardableResult
    func queueTurn(
        _ agent: AgentRecord,
        kind: TurnKind,
        prompt: String,
        continues: String? = nil,
        notBeforeMs: Int64? = nil
    ) throws -> TurnRecord {
        let turn = try tables.turns.create(
            id: environment.makeID(),
            agent: agent.id,
            kind: kind,
            prompt: prompt,
            continues: continues,
            notBeforeMs: notBeforeMs,
            nowMs: nowMs
        )
        try tables.events.append(
            "turn.queued",
            agent: agent.id,
            issue: agent.issue,
            turn: turn.id,
            ["kind": .string(kind.rawValue)],
            nowMs: nowMs
        )
        mustDispatch = true
        return turn
    }

    /// Sends what is waiting, to each agent that can take it.
    ///
    /// One message starts a turn; some kinds may join a running one.
    func dispatch() throws {
        let due = try tables.turns.nextNotBeforeMs(after: 0).map { $0 <= nowMs } ?? false
        guard mustDispatch || due, let link else { return }
        mustDispatch = false
        let isLeaving = link.leaving != nil
        if let until = try tables.hub.get().quotaUntilMs, until > nowMs { return }
        for id in try tables.turns.agentsWithQueued() {
            let agent = try tables.agents.require(id)
            guard agent.phase.takesTurns, let conversation = try tables.conversations.current(agent: id),
                conversation.state == .live, let thread = conversation.thread, link.synced.contains(conversation.id)
            else { continue }
            if try isLeaving && tables.turns.active(agent: id) == nil { continue }
            try dispatch(to: agent, conversation, thread: thread)
        }
    }

    private func dispatch(to agent: AgentRecord, _ conversation: ConversationRecord, thread: String) throws {
        let active = try tables.turns.active(agent: agent.id)
        if let active {
            guard active.status == .running, let codexTurn = active.codexTurn else { return }
            let steers = try tables.turns.queued(agent: agent.id).filter {
                $0.kind.canSteer && ($0.notBeforeMs ?? 0) <= nowMs
            }
            for turn in steers {
                try tables.turns.setSteers(turn.id, active.id)
                try submit(turn, to: agent, conversation, thread: thread, steers: codexTurn)
            }
            return
        }
        guard let turn = try tables.turns.nextQueued(agent: agent.id), (turn.notBeforeMs ?? 0) <= nowMs else { return }
        try submit(turn, to: agent, conversation, thread: thread, steers: nil)
    }

    private func submit(
        _ turn: TurnRecord,
        to agent: AgentRecord,
        _ conversation: ConversationRecord,
        thread: String,
        steers: String?
    ) throws {
        try tables.turns.setSubmitting(turn.id, conversation: conversation.id, nowMs: nowMs)
        let effect = Effect.submitTurn(
            .init(
                turn: turn.id,
                conversation: conversation.id,
                threadID: thread,
                thread: try threadSetup(agent, cwd: conversation.cwd),
                text: turn.prompt,
                steers: steers
            )
        )
        try tables.outbox.renew(key: "turn.submit:\(turn.id)")
        try want(effect, key: "turn.submit:\(turn.id)", agent: agent.id, issue: agent.issue, turn: turn.id)
        try tables.events.append(
            "turn.submitting",
            agent: agent.id,
            issue: agent.issue,
            turn: turn.id,
            ["kind": .string(turn.kind.rawValue), "steer": .bool(steers != nil)],
            nowMs: nowMs
        )
    }

    /// Codex answered that it has the message.
    ///
    /// `found` says that the message was seen in its thread.
    ///
    /// An answer is not yet a delivery: a steer reaches the model only later, and is lost when its turn ends first; a turn that was just
    /// accepted is lost when the server is killed within some 20 ms (both measured). So an answered steer waits for its message to show.
    func turnAccepted(_ id: String, codexTurn: String, found: Bool) throws {
        guard let turn = try tables.turns.find(id), turn.status == .submitting || turn.status == .running else {
            return
        }
        if let conversation = turn.conversation { try tables.conversations.setHasRollout(conversation) }
        if turn.status == .submitting {
            try tables.turns.setRunning(id, codexTurn: codexTurn, nowMs: nowMs)
            isWorking = true  // charged from now on, and not from the next idle beat
            try tables.events.append(
                "turn.running",
                agent: turn.agent,
                turn: id,
                ["codex_turn": .string(codexTurn), "steer": .bool(turn.steers != nil)],
                nowMs: nowMs
            )
        }
        let agent = try tables.agents.require(turn.agent)
        if !agent.phase.isAtWork, turn.steers == nil {
            // It was on its way when its agent was closed or stopped: nobody waits for it any more.
            try interrupt(try tables.turns.require(id), agent)
        }
        if turn.steers != nil, found {
            try tables.turns.settle(id, .steered, nowMs: nowMs)
            try tables.events.append(
                "turn.steered",
                agent: turn.agent,
                turn: id,
                ["codex_turn": .string(codexTurn)],
                nowMs: nowMs
            )
        }
        mustDispatch = true
    }

    /// The message was found by looking for it, after an answer was lost: its turn may have ended unseen, so its thread is read again.
    func turnFound(_ id: String, codexTurn: String) throws {
        try turnAccepted(id, codexTurn: codexTurn, found: true)
        guard let turn = try tables.turns.find(id), turn.status == .running,
            let conversation = try turn.conversation.flatMap({ try tables.conversations.find($0) })
        else { return }
        try wantSync(conversation)
    }

    func turnNotAccepted(_ it: Effect.SubmitTurn, code: EffectResult.FailureCode, reason: String) throws {
        guard let turn = try tables.turns.find(it.turn), turn.status == .submitting else { return }
        switch code {
        case .notActive:  // the turn that it was to join has ended: it starts one of its own
            try tables.turns.setQueued(turn.id, notBeforeMs: nil)
            mustDispatch = true
        case .wrongBranch:  // it waits with its agent until a person has put the worktree right
            let agent = try tables.agents.require(turn.agent)
            guard agent.phase != .closed else {
                try tables.turns.settle(turn.id, .refused, errorKind: code.rawValue, error: reason, nowMs: nowMs)
                return
            }
            try tables.turns.setQueued(turn.id, notBeforeMs: nil)
            if agent.phase.isAtWork { try park(agent, reason: reason) }
        case .noRollout, .foreignWriter, .wrongPlace:
            try tables.turns.setQueued(turn.id, notBeforeMs: nil)
            try resumeFailed(conversation: it.conversation, code: code, reason: reason)
        case .serverGone, .refused, .heldByOther, .other:
            try tables.turns.settle(turn.id, .refused, errorKind: code.rawValue, error: reason, nowMs: nowMs)
            try tables.events.append(
                "turn.refused",
                agent: turn.agent,
                turn: turn.id,
                ["reason": .string(reason)],
                nowMs: nowMs
            )
            let agent = try tables.agents.require(turn.agent)
            if turn.kind == .digest { try tables.digests.release(turn: turn.id) }
            if agent.phase.isAtWork { try park(agent, reason: "Codex refused a message: \(reason)") }
        }
    }

    /// A turn ended, seen live or found afterwards; each turn ends once.
    func turnEnded(_ turn: TurnRecord, _ ended: ThreadHistory.Turn) throws {
        guard !turn.status.isSettled else { return }
        let agent = try tables.agents.require(turn.agent)
        if let conversation = turn.conversation { try tables.conversations.setHasRollout(conversation) }
        mustDispatch = true
        if turn.steers == nil { try chargeTail(turn, agent) }
        try requeueLostSteers(of: turn, agent)
        for approval in try tables.approvals.pending(agent: agent.id) where approval.turn == turn.id {
            try withdraw(approval, agent)
        }
        if agent.phase == .closed, let conversation = turn.conversation {
            try tables.conversations.setState(conversation, .closed)
        }
        switch ended.status {
        case "completed": try completed(turn, agent)
        case "failed":
            try failed(turn, agent, kind: ended.errorKind, message: ended.errorMessage ?? "Codex gave no reason")
        default: try interrupted(turn, agent)
        }
    }

    /// Messages that were put into a turn, and were not delivered before it ended: each is sent again, as a turn of its own.
    private func requeueLostSteers(of turn: TurnRecord, _ agent: AgentRecord) throws {
        for steer in try tables.turns.openSteers(of: turn.id) {
            guard agent.phase != .closed else {
                try tables.turns.settle(
                    steer.id,
                    .refused,
                    errorKind: "closed",
                    error: "its agent was closed",
                    nowMs: nowMs
                )
                continue
            }
            try tables.outbox.cancel(key: "turn.submit:\(steer.id)", nowMs: nowMs)
            try tables.turns.setQueued(steer.id, notBeforeMs: nil)
            try tables.events.append(
                "turn.requeued",
                agent: agent.id,
                turn: steer.id,
                ["reason": "the turn ended first"],
                nowMs: nowMs
            )
        }
    }

    private func completed(_ turn: TurnRecord, _ agent: AgentRecord) throws {
        try tables.turns.settle(turn.id, .completed, nowMs: nowMs)
        try tables.agents.setFailures(agent.id, 0)
        let report = try storeReport(turn, agent)
        try tables.events.append(
            "turn.completed",
            agent: agent.id,
            issue: agent.issue,
            turn: turn.id,
            ["report": report.map { .string($0.artifact) } ?? .null],
            nowMs: nowMs
        )
        try touch(agent, "turn completed", isReport: report != nil)
        guard agent.role == .sub, agent.phase != .closed else { return }
        try afterReport(agent, turn, report)
    }

    /// The last message of a turn is its report, stored once.
    private func storeReport(_ turn: TurnRecord, _ agent: AgentRecord) throws -> Report? {
        guard let message = try tables.turns.lastMessage(turn: turn.id), let artifact = message.artifact else {
            return nil
        }
        let text = try artifactText(artifact)
        let summary = ReportText.summary(of: text)
        try tables.turns.setReport(turn.id, artifact: artifact, summary: summary)
        if agent.role == .sub {
            try artifacts.use(
                artifact,
                kind: "report",
                agent: agent.id,
                issue: agent.issue,
                turn: turn.id,
                name: agent.name,
                nowMs: nowMs
            )
        }
        return Report(artifact: artifact, text: text, summary: summary, status: ReportText.status(of: text))
    }

    private func interrupted(_ turn: TurnRecord, _ agent: AgentRecord) throws {
        let wasAsked = try tables.outbox.find(key: "turn.interrupt:\(turn.id)") != nil
        try tables.turns.settle(turn.id, .interrupted, nowMs: nowMs)
        try tables.events.append(
            "turn.interrupted",
            agent: agent.id,
            issue: agent.issue,
            turn: turn.id,
            ["asked": .bool(wasAsked)],
            nowMs: nowMs
        )
        guard agent.phase.isAtWork else { return }
        if wasAsked, turn.workedMs >= settings.turnLimitMs {
            try tryAgain(turn, agent, message: "the turn took longer than \(DurationText.format(settings.turnLimitMs))")
        } else if !wasAsked {
            try continueTurn(turn, agent)
        } else if agent.role == .sub {
            try tables.digests.add(
                "AGENT_UPDATE",
                agent: agent.id,
                issue: agent.issue,
                data: ["agent": .string(agent.name), "summary": "its turn was interrupted by a person; it waits"],
                nowMs: nowMs
            )
        }
    }

    /// A failed turn is gone on with after a pause, a bounded number of times in a row.
    private func tryAgain(_ turn: TurnRecord, _ agent: AgentRecord, message: String) throws {
        let failures = agent.failures + 1
        try tables.agents.setFailures(agent.id, failures)
        guard failures <= settings.maxAttempts else {
            try park(agent, reason: "its turns failed \(failures) times in a row: \(message)")
            return
        }
        let wait = RetryRules.backoffMs(
            attempt: failures,
            baseMs: settings.retryBaseMs,
            capMs: settings.retryCapMs,
            unit: environment.unitRandom()
        )
        try continueTurn(turn, agent, notBeforeMs: nowMs + wait)
    }

    private func failed(_ turn: TurnRecord, _ agent: AgentRecord, kind: String?, message: String) throws {
        let failure = TurnFailure(codexErrorInfo: kind)
        try tables.turns.settle(turn.id, .failed, errorKind: failure.rawValue, error: message, nowMs: nowMs)
        try tables.events.append(
            "turn.failed",
            agent: agent.id,
            issue: agent.issue,
            turn: turn.id,
            ["kind": .string(failure.rawValue), "message": .string(message)],
            nowMs: nowMs
        )
        guard agent.phase.isAtWork else { return }
        switch failure {
        case .usageLimit:  // no failed attempt: the queue waits for the reset (P-45)
            let until = try holdForQuota(message: message)
            try continueTurn(turn, agent, notBeforeMs: until)
        case .temporary, .other: try tryAgain(turn, agent, message: message)
        case .contextWindow:
            guard let conversation = try tables.conversations.current(agent: agent.id) else { return }
            try tables.conversations.setState(conversation.id, .lost, reason: message)
            try lose(agent, conversation, code: .other, reason: "its context window is full")
        case .refused: try park(agent, reason: "Codex refused its turn: \(message)")
        }
    }

    /// An interrupted or failed turn is gone on with, once: first git is asked what it shows.
    func continueTurn(_ turn: TurnRecord, _ agent: AgentRecord, notBeforeMs: Int64? = nil) throws {
        let inARow = try tables.turns.continuationsInARow(agent: agent.id)
        guard inARow < settings.maxContinuations else {
            try park(agent, reason: "its turns were cut off \(inARow) times in a row without progress")
            return
        }
        guard agent.role == .sub, let worktree = agent.worktree, let branch = agent.branch else {
            try queueContinuation(of: turn, agent, git: nil, notBeforeMs: notBeforeMs)
            return
        }
        let issue = try agent.issue.flatMap { try tables.issues.find($0) }
        try want(
            .inspectWorkspace(
                .init(
                    agent: agent.id,
                    worktree: worktree,
                    branch: branch,
                    base: issue?.baseCommit,
                    purpose: .goOn,
                    turn: turn.id
                )
            ),
            key: "workspace.inspect:continue:\(turn.id)",
            agent: agent.id,
            issue: agent.issue,
            turn: turn.id,
            dueAtMs: notBeforeMs
        )
    }

    func inspected(_ it: Effect.InspectWorkspace, _ facts: WorkspaceFacts) throws {
        let agent = try tables.agents.require(it.agent)
        switch it.purpose {
        case .goOn:
            guard agent.phase.isAtWork, let turn = try it.turn.flatMap({ try tables.turns.find($0) }) else { return }
            if let reason = misplaced(facts, branch: it.branch) {
                try park(agent, reason: reason)
                return
            }
            try queueContinuation(of: turn, agent, git: facts, notBeforeMs: nil)
        case .close: try recordEvidence(agent, facts)
        }
    }

    /// A worktree that stands on another branch than the hub's is not gone on with (P-09).
    private func misplaced(_ facts: WorkspaceFacts, branch: String) -> String? {
        facts.branch.isEmpty || facts.branch == branch
            ? nil
            : "its worktree is on branch \(facts.branch), and not on \(branch): put it right, then `orch issue retry`"
    }

    private func queueContinuation(
        of turn: TurnRecord,
        _ agent: AgentRecord,
        git: WorkspaceFacts?,
        notBeforeMs: Int64?
    ) throws {
        guard try tables.turns.continuation(of: turn.id) == nil else { return }
        let prompt = try continuationPrompt(turn, agent, git: git)
        try queueTurn(agent, kind: .continue, prompt: prompt, continues: turn.id, notBeforeMs: notBeforeMs)
    }
}

/// A report as the hub weighs it.
struct Report {
    var artifact: String
    var text: String
    var summary: String
    var status: ReportStatus
}
