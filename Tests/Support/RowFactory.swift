package import OrchCore
package import OrchStore
import SQLite

/// Makes rows in any state for tests, each as the hub would: by the tables' own functions, step by step.
package struct RowFactory {
    package let tables: HubTables
    private let nowMs = TestStore.startMs

    /// A factory on these tables.
    package init(_ tables: HubTables) {
        self.tables = tables
    }

    /// An open issue; its number.
    @discardableResult
    package func issue(_ title: String = "An issue", body: String = "", phase: IssuePhase = .none) throws -> Int {
        let number = try tables.issues.create(number: nil, title: title, body: body, author: "tester", nowMs: nowMs)
        if phase != .none { try tables.issues.setPhase(number, phase, reason: nil, nowMs: nowMs) }
        return number
    }

    /// An agent on an issue (a new one unless given), in a phase.
    ///
    /// It takes a place of the WIP limit, which grows for it if need be.
    @discardableResult
    package func agent(
        _ name: String = "worker",
        role: AgentRole = .sub,
        issue: Int? = nil,
        phase: AgentPhase = .ready,
        budget: BudgetState = BudgetState(budgetMs: 3_600_000, checkinMs: 600_000)
    ) throws -> AgentRecord {
        let number = role == .sub ? try issue ?? self.issue("Work of \(name)", phase: .running) : nil
        let used = try tables.agents.wipUsed()
        if try tables.hub.get().wip <= used { try tables.hub.setWIP(used + 1) }
        let agent = try tables.agents.create(
            .init(
                name: name,
                role: role,
                issue: number,
                branch: number.map { "ai/iss-\($0)" },
                worktree: number.map { "/repo/.worktrees/iss-\($0)" },
                budget: budget
            ),
            nowMs: nowMs
        )
        switch phase {
        case .starting: break
        case .closed: try tables.agents.close(agent.id, outcome: .done, reason: nil, nowMs: nowMs)
        default: try tables.agents.setPhase(agent.id, phase, reason: nil, nowMs: nowMs)
        }
        return try tables.agents.require(agent.id)
    }

    /// A live thread of an agent.
    @discardableResult
    package func conversation(_ agent: AgentRecord, thread: String? = nil) throws -> ConversationRecord {
        let id = try tables.conversations.create(agent: agent.id, cwd: agent.worktree ?? "/repo", nowMs: nowMs)
        try tables.conversations.setLive(id, thread: thread ?? "thread-\(id)")
        guard let record = try tables.conversations.find(id) else {
            throw TestSupportError(description: "conversation \(id) is missing")
        }
        return record
    }

    /// A message to an agent, in a status; its agent has or gets a live thread when it was sent.
    @discardableResult
    package func turn(
        _ id: String,
        _ agent: AgentRecord,
        kind: TurnKind = .task,
        status: TurnStatus = .queued,
        prompt: String = "Do it.",
        steers: String? = nil
    ) throws -> TurnRecord {
        let turns = tables.turns
        try turns.create(id: id, agent: agent.id, kind: kind, prompt: prompt, steers: steers, nowMs: nowMs)
        switch status {
        case .queued: break
        case .cancelled: try turns.settle(id, .cancelled, nowMs: nowMs)
        case .submitting, .running, .steered, .completed, .interrupted, .failed, .refused:
            let known = try tables.conversations.current(agent: agent.id)
            let conversation = try known ?? self.conversation(agent)
            try turns.setSubmitting(id, conversation: conversation.id, nowMs: nowMs)
            if status == .submitting { break }
            if status != .refused { try turns.setRunning(id, codexTurn: "codex-\(id)", nowMs: nowMs) }
            if status != .running { try turns.settle(id, status, nowMs: nowMs) }
        }
        return try turns.require(id)
    }

    /// A report of an agent: a completed turn with its artifact; the artifact's id.
    @discardableResult
    package func report(_ id: String, _ agent: AgentRecord, _ text: String) throws -> String {
        try turn(id, agent, status: .completed)
        let artifact = try tables.artifacts.put(Array(text.utf8), nowMs: nowMs)
        try tables.turns.setReport(id, artifact: artifact, summary: String(text.prefix(80)))
        try tables.artifacts.use(
            artifact,
            kind: "report",
            agent: agent.id,
            issue: agent.issue,
            turn: id,
            name: agent.name,
            nowMs: nowMs
        )
        return artifact
    }

    /// An effect that waits; its id.
    @discardableResult
    package func effect(_ key: String, kind: String = "post_comment", lane: String = "lane") throws -> Int64 {
        try tables.outbox.add(.init(key: key, kind: kind, lane: lane, payload: "{}", dueAtMs: nowMs), nowMs: nowMs)
        guard let row = try tables.outbox.find(key: key) else {
            throw TestSupportError(description: "effect \(key) is missing")
        }
        return row.id
    }

    /// A running app-server; its id.
    @discardableResult
    package func appServer(token: String = "token") throws -> Int64 {
        let id = try tables.appServers.create(mode: "socket", token: token, socket: "/tmp/x.sock", nowMs: nowMs)
        try tables.appServers.setRunning(id, pid: 1, startTime: 1, bootID: "boot", version: "0.1")
        return id
    }

    /// A request of Codex that waits for an answer; its id.
    @discardableResult
    package func approval(
        _ agent: AgentRecord,
        request: String = "1",
        appServer: Int64? = nil,
        kind: String = "exec",
        summary: String = "run ls"
    ) throws -> Int64 {
        let live = try tables.appServers.live()?.id
        let server = try appServer ?? live ?? self.appServer()
        return try tables.approvals.create(
            .init(
                appServer: server,
                request: request,
                requestHash: "hash-\(request)",
                agent: agent.id,
                turn: nil,
                item: nil,
                kind: kind,
                summary: summary,
                payload: "{}",
                deadlineMs: nowMs + 60_000
            ),
            nowMs: nowMs
        )
    }

    /// A command that waits; its id.
    @discardableResult
    package func command(_ kind: String = "hub.ping", _ payload: JSONValue = [:]) throws -> Int64 {
        try CommandQueue(tables.db).insert(kind, payload, source: "test", nowMs: nowMs)
    }
}
