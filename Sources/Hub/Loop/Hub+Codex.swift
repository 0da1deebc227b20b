import OrchCore
import OrchStore

extension Hub {
    /// What the app-server says.
    ///
    /// Messages of a server that is not ours any more, and of threads that are not ours, change nothing.
    func handle(_ message: CodexInput, server: Int64) throws {
        guard link?.server == server else { return }
        switch message {
        case .turnStarted(let thread, _): try showedLife(thread: thread, "turn started")
        case .turnCompleted(let thread, let ended): try turnCompleted(thread: thread, ended)
        case .itemStarted(let thread, let turn, let item):
            try itemSeen(thread: thread, codexTurn: turn, item, isCompleted: false)
        case .itemCompleted(let thread, let turn, let item):
            try itemSeen(thread: thread, codexTurn: turn, item, isCompleted: true)
        case .tokens(let thread, _, let total): try count(thread: thread, total: total)
        case .rateLimits(let used, let resetsAtMs, let data): try note(limits: data, used: used, resetsAtMs: resetsAtMs)
        case .turnError(let thread, let turn, let kind, let text, let willRetry):
            try turnError(thread: thread, codexTurn: turn, kind: kind, text: text, willRetry: willRetry)
        case .threadClosed(let thread): try threadUnloaded(thread)
        case .warning(let text): try tables.events.append("codex.warning", ["message": .string(text)], nowMs: nowMs)
        case .approval(let asked): try approvalAsked(asked, server: server)
        case .toolCall(let call): try toolCalled(call, server: server)
        }
    }

    private func turnCompleted(thread: String, _ ended: ThreadHistory.Turn) throws {
        guard let conversation = try tables.conversations.find(thread: thread) else { return }
        guard link?.synced.contains(conversation.id) == true else {
            // What happened before this connection is not known yet, and would be missed: the whole thread is read again.
            try wantSync(conversation)
            return
        }
        guard let turn = try tables.turns.find(codexTurn: ended.id, conversation: conversation.id) else {
            try tables.events.append(
                "codex.unknown_turn",
                agent: conversation.agent,
                ["codex_turn": .string(ended.id), "status": .string(ended.status)],
                nowMs: nowMs
            )
            return
        }
        try turnEnded(turn, ended)
    }

    private func itemSeen(thread: String, codexTurn: String, _ item: TurnItem, isCompleted: Bool) throws {
        guard let conversation = try tables.conversations.find(thread: thread) else { return }
        if item.kind == .userMessage {
            if let client = item.clientID { try turnAccepted(client, codexTurn: codexTurn, found: isCompleted) }
            return
        }
        guard let turn = try tables.turns.find(codexTurn: codexTurn, conversation: conversation.id) else { return }
        try record(item, turn: turn, isCompleted: isCompleted)
    }

    /// Stores an item of a turn once, however often Codex tells of it, and acts on what it says.
    func record(_ item: TurnItem, turn: TurnRecord, isCompleted: Bool) throws {
        guard item.kind != .userMessage else { return }
        let agent = try tables.agents.require(turn.agent)
        let line = Self.line(item.text)
        let isMessage = item.kind == .agentMessage
        if !isCompleted {
            guard !isMessage, item.kind != .reasoning else { return }
            try tables.turns.itemStarted(
                turn: turn.id,
                item: item.id,
                kind: item.kind.rawValue,
                summary: line,
                nowMs: nowMs
            )
            try touch(agent, "\(item.kind.rawValue): \(line)", isReport: false)
            return
        }
        var artifact: String?
        if isMessage, !item.text.isEmpty { artifact = try artifacts.put(Array(item.text.utf8), nowMs: nowMs) }
        let isNew = try tables.turns.itemCompleted(
            turn: turn.id,
            item: item.id,
            kind: item.kind.rawValue,
            status: item.status,
            summary: line,
            artifact: artifact,
            nowMs: nowMs
        )
        guard isNew else { return }
        try tables.events.append(
            "item.\(item.kind.rawValue)",
            agent: agent.id,
            issue: agent.issue,
            turn: turn.id,
            ["text": .string(line), "status": item.status.map { .string($0) } ?? .null],
            nowMs: nowMs
        )
        if isMessage, agent.role == .sub { try answeredNudge(agent, line: line) }
        try touch(agent, "\(item.kind.rawValue): \(line)", isReport: isMessage)
        if isMessage, agent.role == .orchestrator { try decide(message: item, turn: turn) }
    }

    /// What an agent says in its running turn after a check-in is the answer to it.
    private func answeredNudge(_ agent: AgentRecord, line: String) throws {
        guard try tables.agents.budget(agent.id).nudges > 0 else { return }
        try tables.digests.add(
            "CHECKIN",
            agent: agent.id,
            issue: agent.issue,
            data: ["agent": .string(agent.name), "answer": .string(line)],
            nowMs: nowMs
        )
    }

    /// The first line of a text, bounded, for logs and lists.
    static func line(_ text: String) -> String {
        func isNewline(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
            default: false
            }
        }
        // Scalars, for this is done for each item; and only the beginning of a text is looked at, which may be long.
        let line = text.unicodeScalars.prefix(600).drop(while: isNewline).prefix { !isNewline($0) }
        return String(Substring(line.prefix(300)))
    }

    private func showedLife(thread: String, _ what: String) throws {
        guard let conversation = try tables.conversations.find(thread: thread) else { return }
        try touch(try tables.agents.require(conversation.agent), what, isReport: false)
    }

    /// A sign of life: silence ends, and a stall that was called for silence is taken back.
    ///
    /// One that left its nudges unanswered while it worked is taken back by words only: by the work alone it was called.
    func touch(_ agent: AgentRecord, _ what: String, isReport: Bool) throws {
        guard agent.phase != .closed else { return }
        try tables.agents.setLastEvent(agent.id, what, nowMs: nowMs)
        var budget = try tables.agents.budget(agent.id)
        let before = budget
        BudgetRules.showedLife(&budget, isReport: isReport)
        if budget != before { try tables.agents.setBudget(agent.id, budget) }
        guard agent.phase == .stalled, budget.nudges < limits.nudges || isReport else { return }
        try tables.agents.setPhase(agent.id, .ready, reason: nil, nowMs: nowMs)
        try tables.events.append(
            "agent.revived",
            agent: agent.id,
            issue: agent.issue,
            ["by": .string(what)],
            nowMs: nowMs
        )
        if let issue = agent.issue { try setPhase(issue: issue, .running, reason: nil) }
    }

    /// Codex reports a thread's absolute total; only growth is charged, and a total seen twice counts once (P-44).
    private func count(thread: String, total: Int64) throws {
        guard let conversation = try tables.conversations.find(thread: thread) else { return }
        var budget = try tables.agents.budget(conversation.agent)
        let grown = BudgetRules.addTokens(&budget, total: total, lastSeen: conversation.tokensSeen)
        guard grown > 0 else { return }
        try tables.agents.setBudget(conversation.agent, budget)
        try tables.conversations.setTokensSeen(conversation.id, total)
        let agent = try tables.agents.require(conversation.agent)
        if agent.role == .orchestrator, agent.phase == .ready, budget.isUsedUp {
            try park(
                agent,
                reason: "its \(budget.tokensMax ?? 0) tokens are used up: `orch agent budget` gives it more"
            )
        }
        let turn =
            try tables.turns.active(agent: conversation.agent) ?? tables.turns.lastStarted(agent: conversation.agent)
        if let turn { try tables.turns.addTokens(turn.id, grown) }
        try tables.events.append(
            "tokens",
            agent: conversation.agent,
            turn: turn?.id,
            ["grown": .integer(grown), "total": .integer(total)],
            nowMs: nowMs
        )
    }

    private func turnError(thread: String, codexTurn: String?, kind: String?, text: String, willRetry: Bool) throws {
        let conversation = try tables.conversations.find(thread: thread)
        try tables.events.append(
            willRetry ? "codex.retrying" : "codex.error",
            agent: conversation?.agent,
            ["kind": kind.map { .string($0) } ?? .null, "message": .string(Self.line(text))],
            nowMs: nowMs
        )
    }

    /// Codex put an idle thread out of memory: it is resumed before the next message.
    private func threadUnloaded(_ thread: String) throws {
        guard let conversation = try tables.conversations.find(thread: thread), conversation.state == .live else {
            return
        }
        link?.synced.remove(conversation.id)
        try wantSync(conversation)
    }

    private func note(limits data: JSONValue, used: Double?, resetsAtMs: Int64?) throws {
        guard used != nil || resetsAtMs != nil else { return }
        if let resetsAtMs { lastResetsAtMs = resetsAtMs }
        let text = data.canonicalText
        guard text != lastLimits else { return }
        lastLimits = text
        try tables.events.append("codex.rate_limits", ["limits": data], nowMs: nowMs)
    }

    /// Holds all messages until the account's limit resets.
    func holdForQuota(message: String) throws -> Int64 {
        let until = QuotaRules.heldUntilMs(message: message, resetsAtMs: lastResetsAtMs, nowMs: nowMs)
        try tables.hub.setQuota(untilMs: until, reason: message)
        try tables.events.append("hub.quota", ["until_ms": .integer(until), "reason": .string(message)], nowMs: nowMs)
        mustSchedule = true
        return until
    }

    func expireQuota() throws {
        guard let until = try tables.hub.get().quotaUntilMs, until <= nowMs else { return }
        try tables.hub.setQuota(untilMs: nil, reason: nil)
        try tables.events.append("hub.quota_over", nowMs: nowMs)
        mustSchedule = true
        mustDispatch = true
    }
}
