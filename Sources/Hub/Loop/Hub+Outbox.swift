import OrchCore
import OrchStore

extension Hub {
    /// Asks for a deed, once for each key.
    @discardableResult
    func want(
        _ effect: Effect,
        key: String,
        agent: Int64? = nil,
        issue: Int? = nil,
        turn: String? = nil,
        dueAtMs: Int64? = nil
    ) throws -> Bool {
        try tables.outbox.add(
            OutboxTable.New(
                key: key,
                kind: effect.kind,
                lane: effect.lane,
                agent: agent,
                issue: issue,
                turn: turn,
                payload: effect.payload(),
                dueAtMs: dueAtMs ?? nowMs
            ),
            nowMs: nowMs
        )
    }

    /// A deed ended: its row is settled and what follows is decided, in the same transaction.
    func settle(_ id: Int64, _ result: EffectResult) throws {
        guard let row = try tables.outbox.find(id), row.status == .performing || row.status == .pending else { return }
        let effect: Effect
        do {
            effect = try Effect(row)
        } catch let error as HubError {
            try tables.outbox.settle(id, .failed, error: error.message, nowMs: nowMs)
            try tables.events.append(
                "effect.failed",
                agent: row.agent,
                issue: row.issue,
                ["reason": .string(error.message)],
                nowMs: nowMs
            )
            return
        }
        switch result {
        case .done(let outcome):
            try tables.outbox.settle(id, .done, result: describe(outcome), nowMs: nowMs)
            try done(effect, outcome, row)
        case .retry(let reason):
            guard row.attempts < attemptLimit(effect) else {
                try fail(row, effect, code: .other, reason: "gave up after \(row.attempts) tries: \(reason)")
                return
            }
            let wait = RetryRules.backoffMs(
                attempt: row.attempts,
                baseMs: 250,
                capMs: 30_000,
                unit: environment.unitRandom()
            )
            try tables.outbox.setPending(id, dueAtMs: nowMs + wait, error: reason)
        case .later(let reason, let isDraining):
            if isDraining { try drains() }
            try tables.outbox.setPending(id, dueAtMs: nowMs + 2_000, error: reason)
        case .failed(let code, let reason):
            try fail(row, effect, code: code, reason: reason)
        }
    }

    private func fail(_ row: OutboxRecord, _ effect: Effect, code: EffectResult.FailureCode, reason: String) throws {
        try tables.outbox.settle(row.id, .failed, error: reason, nowMs: nowMs)
        try tables.events.append(
            "effect.failed",
            agent: row.agent,
            issue: row.issue,
            turn: row.turn,
            ["effect": .string(row.kind), "code": .string(code.rawValue), "reason": .string(reason)],
            nowMs: nowMs
        )
        try failed(effect, code: code, reason: reason, row)
    }

    /// How often a deed is begun before it counts as failed: messages and answers are never given up while the server lives.
    private func attemptLimit(_ effect: Effect) -> Int {
        switch effect {
        case .submitTurn, .answer, .syncThread, .postComment, .setLabels, .claim, .showStatus, .react, .push, .openPull,
            .retireWorkspace:
            .max
        case .connect, .startThread: 12  // a kill of either side costs one
        default: 6
        }
    }

    private func describe(_ outcome: EffectResult.Outcome) -> String? {
        switch outcome {
        case .nothing, .history, .labels: nil
        case .claimed(let comment): String(comment)
        case .pushed(let commit): commit
        case .pull(let pull): "#\(pull.number)"
        case .retired(let saved): saved
        case .appServer(let pid, _, _): pid.map { "pid \($0)" }
        case .connected(let version): version
        case .thread(let id): id
        case .accepted(let turn, let found): found ? "\(turn) (found)" : turn
        case .workspace(let path, _, _, _, _): path
        case .inspected(let facts): facts.head
        case .exec(let code, _): "exit \(code)"
        case .comment(let id): String(id)
        }
    }

    /// What follows from a deed that was done.
    private func done(_ effect: Effect, _ outcome: EffectResult.Outcome, _ row: OutboxRecord) throws {
        switch (effect, outcome) {
        case (.startAppServer(let it), .appServer(let pid, let startTime, let bootID)):
            try appServerStarted(it.server, pid: pid, startTime: startTime, bootID: bootID)
        case (.connect(let it), .connected(let version)): try connected(server: it.server, version: version)
        case (.endAppServer(let it), _): try appServerEnded(it.server, reason: "ended by the hub")
        case (.startThread(let it), .thread(let id)): try threadStarted(conversation: it.conversation, thread: id)
        case (.syncThread(let it), .history(let history)): try synced(conversation: it.conversation, history)
        case (.submitTurn(let it), .accepted(let codexTurn, let found)):
            if found {
                try turnFound(it.turn, codexTurn: codexTurn)
            } else {
                try turnAccepted(it.turn, codexTurn: codexTurn, found: false)
            }
        case (.answer(let it), _):
            if let approval = it.approval { try tables.approvals.setAnswered(approval) }
        case (.prepareWorkspace(let it), .workspace(let path, let branch, let base, let head, let reused)):
            try workspacePrepared(agent: it.agent, path: path, branch: branch, base: base, head: head, reused: reused)
        case (.inspectWorkspace(let it), .inspected(let facts)): try inspected(it, facts)
        case (.runExec(let it), .exec(let code, let output)): try execEnded(it.decision, exitCode: code, output: output)
        case (.setLabels(let it), .labels(let observed, let events, let last)):
            try labelsShown(issue: it.issue, observed: observed, events: events, lastEvent: last)
        case (.claim(let it), .claimed(let comment)): try claimed(it, comment: comment)
        case (.showStatus(let it), .comment(let id)): try statusShown(it, comment: id)
        case (.push(let it), .pushed(let commit)): try pushed(it, commit: commit)
        case (.openPull(let it), .pull(let pull)): try pullOpened(it, pull)
        case (.retireWorkspace(let it), .retired(let saved)): try workspaceRetired(it, saved: saved)
        default: break  // nothing follows from the others
        }
    }

    /// What follows from a deed that will not be done.
    private func failed(_ effect: Effect, code: EffectResult.FailureCode, reason: String, _ row: OutboxRecord) throws {
        switch effect {
        case .startAppServer(let it): try appServerEnded(it.server, reason: reason)
        case .connect(let it): try connectFailed(it, code: code, reason: reason)
        case .endAppServer(let it): try appServerEnded(it.server, reason: reason)
        case .startThread(let it): try threadFailed(conversation: it.conversation, reason: reason)
        case .syncThread(let it): try resumeFailed(conversation: it.conversation, code: code, reason: reason)
        case .submitTurn(let it): try turnNotAccepted(it, code: code, reason: reason)
        case .prepareWorkspace(let it): try agentFailedToStart(it.agent, reason: reason)
        case .inspectWorkspace(let it):
            try inspected(
                it,
                WorkspaceFacts(
                    branch: it.branch,
                    head: "",
                    commitsAhead: 0,
                    uncommitted: [],
                    text: "git could not be asked: \(reason)"
                )
            )
        case .runExec(let it): try execFailed(it.decision, reason: reason)
        case .claim(let it): try claimFailed(it, code: code, reason: reason)
        case .push(let it): try deliveryFailed(it.issue, "its branch could not be pushed: \(reason)")
        case .openPull(let it): try deliveryFailed(it.issue, "its pull request could not be opened: \(reason)")
        // The event that was written says it.
        case .interruptTurn, .answer, .runHook, .setLabels, .postComment, .showStatus, .react, .retireWorkspace: break
        }
    }
}
