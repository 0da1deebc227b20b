import OrchCore
import OrchStore
import Settings

extension Hub {
    /// How an agent's thread is set up.
    func threadSetup(_ agent: AgentRecord, cwd: String) throws -> Effect.ThreadSetup {
        let hub = try tables.hub.get()
        let isOrchestrator = agent.role == .orchestrator
        return Effect.ThreadSetup(
            role: agent.role.rawValue,
            cwd: cwd,
            worktree: isOrchestrator ? nil : agent.worktree,
            dangerous: hub.dangerous && !isOrchestrator,
            model: settings.model,
            instructions: try instructions(agent),
            hasTools: isOrchestrator,
            branch: isOrchestrator ? nil : agent.branch
        )
    }

    /// Opens a thread for an agent.
    func openThread(_ agent: AgentRecord, cwd: String) throws {
        let conversation = try tables.conversations.create(agent: agent.id, cwd: cwd, nowMs: nowMs)
        try want(
            .startThread(.init(conversation: conversation, thread: try threadSetup(agent, cwd: cwd))),
            key: "thread.start:\(conversation)",
            agent: agent.id,
            issue: agent.issue
        )
    }

    func threadStarted(conversation id: Int64, thread: String) throws {
        guard let conversation = try tables.conversations.find(id), conversation.state == .starting else { return }
        try tables.conversations.setLive(id, thread: thread)
        link?.synced.insert(id)
        let agent = try tables.agents.require(conversation.agent)
        if agent.phase == .starting { try tables.agents.setPhase(agent.id, .ready, reason: nil, nowMs: nowMs) }
        try tables.events.append(
            "thread.started",
            agent: agent.id,
            issue: agent.issue,
            ["thread": .string(thread), "conversation": .integer(id)],
            nowMs: nowMs
        )
        mustDispatch = true
    }

    func threadFailed(conversation id: Int64, reason: String) throws {
        guard let conversation = try tables.conversations.find(id) else { return }
        try tables.conversations.setState(id, .closed, reason: reason)
        let agent = try tables.agents.require(conversation.agent)
        guard agent.phase.isAtWork else { return }
        if agent.phase == .starting, agent.role == .sub {
            try agentFailedToStart(agent.id, reason: "Codex opened no thread: \(reason)")
        } else {
            try park(agent, reason: "Codex opened no thread: \(reason)")
        }
    }

    /// Subscribes to a thread after each new connection, and reads what was missed.
    func wantSync(_ conversation: ConversationRecord) throws {
        guard let thread = conversation.thread else { return }
        let agent = try tables.agents.require(conversation.agent)
        let open = try tables.turns.allActive().filter { $0.conversation == conversation.id }
        connections += 1
        try want(
            .syncThread(
                .init(
                    conversation: conversation.id,
                    threadID: thread,
                    thread: try threadSetup(agent, cwd: conversation.cwd),
                    clientIDs: open.map(\.id)
                )
            ),
            key: "thread.sync:\(conversation.id):\(epoch):\(connections)",
            agent: agent.id,
            issue: agent.issue
        )
    }

    /// The history of a thread is known: what was running is brought up to date, and messages may be sent again.
    func synced(conversation id: Int64, _ history: ThreadHistory) throws {
        guard let conversation = try tables.conversations.find(id), conversation.state == .live else { return }
        link?.synced.insert(id)
        mustDispatch = true
        for turn in try tables.turns.allActive() where turn.conversation == id && turn.status == .running {
            // Ending one turn may have settled the next.
            guard let current = try tables.turns.find(turn.id), current.status == .running else { continue }
            try reconcile(current, history)
        }
        try tables.events.append(
            "thread.synced",
            agent: conversation.agent,
            ["conversation": .integer(id), "turns": .integer(Int64(history.turns.count))],
            nowMs: nowMs
        )
    }

    /// A turn that the database says is running, against what Codex says.
    private func reconcile(_ turn: TurnRecord, _ history: ThreadHistory) throws {
        let message = history.items.first { $0.item.kind == .userMessage && $0.item.clientID == turn.id }
        if turn.steers != nil {
            if let message { try turnAccepted(turn.id, codexTurn: message.turn, found: true) }
            return  // a steer that is not there is sent again when the turn that it joined is found to have ended
        }
        let codexTurn = message?.turn ?? turn.codexTurn
        guard let codexTurn, let known = history.turns.first(where: { $0.id == codexTurn }),
            message != nil || known.status == "inProgress"
        else {
            // Codex has no trace of the message: it was never written down there, so it did not happen, and is sent again.
            try tables.turns.setQueued(turn.id, notBeforeMs: nil)
            try tables.events.append("turn.vanished", agent: turn.agent, turn: turn.id, nowMs: nowMs)
            return
        }
        if turn.codexTurn == nil { try tables.turns.setRunning(turn.id, codexTurn: codexTurn, nowMs: nowMs) }
        for entry in history.items where entry.turn == codexTurn {
            try record(entry.item, turn: turn, isCompleted: true)
        }
        guard known.status != "inProgress" else { return }
        try turnEnded(try tables.turns.require(turn.id), known)
    }

    /// A thread can't be resumed.
    ///
    /// A visible state with a policy, never a silent fresh thread (P-04).
    func resumeFailed(conversation id: Int64, code: EffectResult.FailureCode, reason: String) throws {
        guard let conversation = try tables.conversations.find(id), conversation.state == .live else { return }
        let agent = try tables.agents.require(conversation.agent)
        let neverRan = code == .noRollout && !conversation.hasRollout
        try tables.conversations.setState(id, neverRan ? .closed : .lost, reason: reason)
        try tables.events.append(
            neverRan ? "thread.restarted" : "thread.lost",
            agent: agent.id,
            issue: agent.issue,
            ["conversation": .integer(id), "code": .string(code.rawValue), "reason": .string(reason)],
            nowMs: nowMs
        )
        guard agent.phase.isAtWork else { return }
        if neverRan {  // nothing was ever said in it: opening it again loses nothing (P-05)
            for turn in try tables.turns.allActive() where turn.conversation == id {
                try tables.outbox.cancel(key: "turn.submit:\(turn.id)", nowMs: nowMs)
                try tables.turns.setQueued(turn.id, notBeforeMs: nil)
            }
            try openThread(agent, cwd: conversation.cwd)
            return
        }
        try lose(agent, conversation, code: code, reason: reason)
    }

    /// The policy for a lost thread.
    func lose(_ agent: AgentRecord, _ conversation: ConversationRecord, code: EffectResult.FailureCode, reason: String)
        throws
    {
        let running = try cutOff(conversation, kind: "thread_lost", reason: reason)
        let text = "its Codex thread can't be resumed (\(code.rawValue)): \(reason)"
        if code == .wrongPlace || settings.onResumeLost == .ask {
            try park(agent, reason: text)
            return
        }
        let withHandover = settings.onResumeLost == .handover
        try openThread(agent, cwd: conversation.cwd)
        let prompt =
            withHandover ? try handover(agent, lost: text) : try tables.turns.firstPrompt(agent: agent.id) ?? text
        try queueTurn(agent, kind: .continue, prompt: prompt, continues: running.last(where: { $0.steers == nil })?.id)
        try tables.digests.add(
            "RESUME_LOST",
            agent: agent.id,
            issue: agent.issue,
            data: .object([
                "agent": .string(agent.name), "reason": .string(text),
                "policy": .string(settings.onResumeLost.rawValue),
            ]),
            nowMs: nowMs
        )
    }

    /// Settles the turns of a conversation that is lost as interrupted; which they were.
    func cutOff(_ conversation: ConversationRecord, kind: String, reason: String) throws -> [TurnRecord] {
        let turns = try tables.turns.allActive().filter { $0.conversation == conversation.id }
        for turn in turns {
            try tables.outbox.cancel(key: "turn.submit:\(turn.id)", nowMs: nowMs)
            try tables.turns.settle(turn.id, .interrupted, errorKind: kind, error: reason, nowMs: nowMs)
        }
        return turns
    }

    /// An agent that a person must look at: it keeps its place, its worktree and its messages.
    func park(_ agent: AgentRecord, reason: String) throws {
        try tables.agents.setPhase(agent.id, .parked, reason: reason, nowMs: nowMs)
        try tables.events.append(
            "agent.parked",
            agent: agent.id,
            issue: agent.issue,
            ["reason": .string(reason)],
            nowMs: nowMs
        )
        if let issue = agent.issue { try setPhase(issue: issue, .stalled, reason: reason) }
        if agent.role == .sub {
            try tables.digests.add(
                "STALLED",
                agent: agent.id,
                issue: agent.issue,
                data: .object(["agent": .string(agent.name), "reason": .string(reason)]),
                nowMs: nowMs
            )
        }
    }
}
