import OrchCore
import OrchStore
import Settings

extension Hub {
    /// Codex asks whether it may.
    ///
    /// The same request may be asked again after each reconnect: it is recorded once, and answered alike.
    func approvalAsked(_ asked: CodexInput.ApprovalAsked, server: Int64) throws {
        guard let conversation = try tables.conversations.find(thread: asked.thread) else {
            try answer(server, asked.request, result: Self.declined, approval: nil)
            return
        }
        let agent = try tables.agents.require(conversation.agent)
        let hash = RequestHash.of(asked.payload.canonicalText)
        if let known = try tables.approvals.find(appServer: server, request: asked.request, hash: hash) {
            if known.status != .pending { try answer(known) }
            return
        }
        let turn = try asked.turn.flatMap { try tables.turns.find(codexTurn: $0, conversation: conversation.id) }
        let id = try tables.approvals.create(
            ApprovalTable.New(
                appServer: server,
                request: asked.request,
                requestHash: hash,
                agent: agent.id,
                turn: turn?.id,
                item: asked.item,
                kind: asked.kind,
                summary: asked.summary,
                payload: environment.redaction.redact(asked.payload).canonicalText,
                deadlineMs: nowMs + settings.approvalLimitMs
            ),
            nowMs: nowMs
        )
        try tables.events.append(
            "approval.asked",
            agent: agent.id,
            issue: agent.issue,
            turn: turn?.id,
            ["approval": .integer(id), "kind": .string(asked.kind), "summary": .string(asked.summary)],
            nowMs: nowMs
        )
        guard let approval = try tables.approvals.find(id) else { return }
        let hub = try tables.hub.get()
        if !agent.phase.isAtWork {
            try decide(approval, .denied, by: "hub", reason: "its agent was closed")
        } else if ApprovalRules.approvesByPolicy(dangerous: hub.dangerous, autopilot: hub.autopilot) {
            try decide(approval, .approved, by: "policy", reason: "dangerous and autopilot are both on")
        } else {
            try tables.digests.add(
                "APPROVAL",
                agent: agent.id,
                issue: agent.issue,
                data: [
                    "agent": .string(agent.name), "approval": .integer(id), "kind": .string(asked.kind),
                    "summary": .string(asked.summary), "status": "waits for a person",
                ],
                nowMs: nowMs
            )
        }
    }

    /// Decides a request once, and answers it.
    func decide(_ approval: ApprovalRecord, _ status: ApprovalStatus, by: String, reason: String?) throws {
        guard try tables.approvals.decide(approval.id, status, by: by, reason: reason, nowMs: nowMs) else { return }
        let agent = try tables.agents.require(approval.agent)
        try tables.events.append(
            "approval.\(status.rawValue)",
            agent: agent.id,
            issue: agent.issue,
            turn: approval.turn,
            ["approval": .integer(approval.id), "by": .string(by), "reason": .text(reason)],
            nowMs: nowMs
        )
        if status != .approved, agent.phase != .closed {  // the orchestrator is told of what was declined, and why
            try tables.digests.add(
                "APPROVAL",
                agent: agent.id,
                issue: agent.issue,
                data: [
                    "agent": .string(agent.name), "approval": .integer(approval.id), "status": .string(status.rawValue),
                    "summary": .string(approval.summary), "reason": .text(reason),
                ],
                nowMs: nowMs
            )
        }
        if let decided = try tables.approvals.find(approval.id) { try answer(decided) }
        if status == .denied, by != "hub", let reason, !reason.isEmpty {
            // Codex tells the model no more than that it was rejected: the reason follows, into the same turn.
            try queueTurn(
                agent,
                kind: .send,
                prompt:
                    "Your request was denied by \(by): \(approval.summary)\n\nThe reason: \(reason)\n\nGo on without it."
            )
        }
    }

    /// The turn that asked has ended: nobody waits for the answer any more.
    func withdraw(_ approval: ApprovalRecord, _ agent: AgentRecord) throws {
        guard
            try tables.approvals.decide(
                approval.id,
                .lost,
                by: nil,
                reason: "the turn that asked has ended",
                nowMs: nowMs
            )
        else {
            return
        }
        try tables.events.append(
            "approval.lost",
            agent: agent.id,
            issue: agent.issue,
            turn: approval.turn,
            ["approval": .integer(approval.id)],
            nowMs: nowMs
        )
    }

    /// What outlives its limit is declined (I9).
    func expireApprovals() throws {
        guard let deadline = try tables.approvals.nextDeadlineMs(), deadline <= nowMs else { return }
        for approval in try tables.approvals.pending() where approval.deadlineMs <= nowMs {
            try decide(
                approval,
                .expired,
                by: "hub",
                reason: "nobody answered within \(DurationText.format(settings.approvalLimitMs))"
            )
        }
    }

    private func answer(_ approval: ApprovalRecord) throws {
        try answer(
            approval.appServer,
            approval.request,
            result: approval.status == .approved ? Self.accepted : Self.declined,
            approval: approval
        )
    }

    private static let accepted: JSONValue = ["decision": "accept"]
    private static let declined: JSONValue = ["decision": "decline"]

    /// Answers a request of the app-server.
    ///
    /// Asked again after a reconnect, it is answered again: a late answer is ignored there.
    func answer(
        _ server: Int64,
        _ request: String,
        result: JSONValue?,
        message: String? = nil,
        approval: ApprovalRecord?
    ) throws {
        answers += 1
        try want(
            .answer(
                .init(
                    server: server,
                    request: request,
                    result: result?.canonicalText,
                    message: message,
                    approval: approval?.id
                )
            ),
            key: "request.answer:\(server):\(request):\(epoch):\(answers)",
            agent: approval?.agent
        )
    }
}
