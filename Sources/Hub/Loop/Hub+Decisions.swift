import OrchCore
import OrchStore
import Settings

extension Hub {
    /// A message of the orchestrator: its control blocks become decisions, once each however often the message is seen.
    func decide(message: TurnItem, turn: TurnRecord) throws {
        for (index, item) in ControlParser.parse(message.text).enumerated() {
            _ = try decide(item, key: "\(turn.id)/\(message.id)/\(index)", turn: turn.id, source: "block")
        }
    }

    /// The model calls a tool of the hub: decided and answered at once; a call that is asked again gets the answer that it had.
    func toolCalled(_ call: CodexInput.ToolCalled, server: Int64) throws {
        guard let conversation = try tables.conversations.find(thread: call.thread),
            try tables.agents.require(conversation.agent).role == .orchestrator
        else {
            try answer(
                server,
                call.request,
                result: Self.toolResult("this tool is the orchestrator's", success: false),
                approval: nil
            )
            return
        }
        let turn = try tables.turns.find(codexTurn: call.turn, conversation: conversation.id)
        let key = "tool:\(call.thread)/\(call.call)"
        let item = ControlTools.parse(tool: call.tool, arguments: call.arguments)
        let decision = try decide(item, key: key, turn: turn?.id, source: "tool") ?? tables.decisions.find(key: key)
        let text = decision.map(Self.describe) ?? "the decision was not recorded"
        let succeeded =
            decision.map { $0.status == .executed || $0.status == .suppressed || $0.status == .proposed } ?? false
        try answer(server, call.request, result: Self.toolResult(text, success: succeeded), approval: nil)
    }

    private static func toolResult(_ text: String, success: Bool) -> JSONValue {
        ["contentItems": [["type": "inputText", "text": .string(text)]], "success": .bool(success)]
    }

    private static func describe(_ decision: DecisionRecord) -> String {
        let result: JSONValue = [
            "status": .string(decision.status.rawValue), "decision": .integer(decision.id),
            "reason": .text(decision.reason),
            "result": .text(decision.result),
        ]
        return result.canonicalText
    }

    /// Records a decision and carries it out; nil when it is known.
    ///
    /// Refusals go back in the next digest.
    private func decide(_ item: ControlItem, key: String, turn: String?, source: String) throws -> DecisionRecord? {
        guard
            let id = try tables.decisions.propose(
                key: key,
                turn: turn,
                source: source,
                verb: item.verb,
                payload: item.payload.canonicalText,
                nowMs: nowMs
            )
        else { return nil }
        switch item.parsed {
        case .failure(let refusal): try refuse(id, verb: item.verb, reason: refusal.reason, source: source)
        case .success(let verb):
            let hub = try tables.hub.get()
            if hub.autopilot {
                do {
                    let result = try execute(verb, decision: id)
                    if let result {
                        try tables.decisions.settle(
                            id,
                            .executed,
                            reason: nil,
                            result: result.text,
                            agent: result.agent,
                            issue: result.issue,
                            nowMs: nowMs
                        )
                    }
                } catch let error as HubError where error.code == .refused || error.code == .notFound {
                    try refuse(id, verb: item.verb, reason: error.message, source: source)
                }
            } else {
                try suppress(id, verb: item.verb, hub: hub)
            }
        }
        let decision = try tables.decisions.find(key: key)
        try tables.events.append(
            "decision.\(decision?.status.rawValue ?? "proposed")",
            agent: decision?.agent,
            issue: decision?.issue,
            turn: turn,
            ["decision": .integer(id), "verb": .string(item.verb), "reason": .text(decision?.reason)],
            nowMs: nowMs
        )
        return decision
    }

    private func refuse(_ id: Int64, verb: String, reason: String, source: String) throws {
        try tables.decisions.settle(id, .refused, reason: reason, result: nil, agent: nil, issue: nil, nowMs: nowMs)
        guard source == "block" else { return }  // a tool call has its answer
        try tables.digests.add(
            "REFUSED",
            agent: nil,
            issue: nil,
            data: ["decision": .integer(id), "verb": .string(verb), "reason": .string(reason)],
            nowMs: nowMs
        )
    }

    private func suppress(_ id: Int64, verb: String, hub: HubRecord) throws {
        try tables.decisions.settle(
            id,
            .suppressed,
            reason: "autopilot is off",
            result: nil,
            agent: nil,
            issue: nil,
            nowMs: nowMs
        )
        guard !hub.toldSuppressed else { return }  // told once, until it is switched on again
        try tables.hub.setToldSuppressed()
        try tables.digests.add(
            "SUPPRESSED",
            agent: nil,
            issue: nil,
            data: [
                "decision": .integer(id), "verb": .string(verb),
                "reason": "autopilot is off: decisions are recorded, and a person acts",
            ],
            nowMs: nowMs
        )
    }

    /// What a decision brought; nil when it settles later.
    private struct Executed {
        var text: String
        var agent: Int64?
        var issue: Int?
    }

    private func execute(_ verb: ControlVerb, decision: Int64) throws -> Executed? {
        switch verb {
        case .spawn(let name, let task, let issue):
            let (agent, wasForwarded) = try spawn(name: name, task: task, issue: issue)
            return Executed(
                text: wasForwarded ? "forwarded to \(agent.name)" : "started \(agent.name)",
                agent: agent.id,
                issue: agent.issue
            )
        case .send(let to, let task):
            let agent = try liveAgent(to)
            try unpark(agent)
            let turn = try queueTurn(agent, kind: .send, prompt: task)
            return Executed(text: "turn \(turn.id)", agent: agent.id, issue: agent.issue)
        case .close(let name, let outcome):
            let agent = try liveAgent(name)
            guard agent.role == .sub else { throw HubError(.refused, "the orchestrator does not close itself") }
            try close(agent, outcome: outcome ?? .done, reason: nil)
            return Executed(text: "closed \(agent.name)", agent: agent.id, issue: agent.issue)
        case .status(let issue, let text):
            if let issue {
                guard try tables.issues.find(issue) != nil else {
                    throw HubError(.notFound, "there is no issue #\(issue)")
                }
                try comment(issue, key: "status:\(decision)", body: text)
            }
            try tables.events.append("status", issue: issue, ["text": .string(text)], nowMs: nowMs)
            return Executed(text: "posted", agent: nil, issue: issue)
        case .fetch(let artifact, let maxChars):
            return try fetch(artifact, maxChars: maxChars)
        case .exec(let argv, let name):
            try exec(argv, agent: name, decision: decision)
            return nil
        }
    }

    private func fetch(_ prefix: String, maxChars: Int) throws -> Executed {
        do {
            let id = try artifacts.resolve(prefix)
            let size = try artifacts.require(id).size
            let text = SafeText.utf8(try artifacts.prefix(id, bytes: min(4 * maxChars, 1 << 20)))
            let part = String(text.prefix(maxChars))
            try tables.digests.add(
                "ARTIFACT",
                agent: nil,
                issue: nil,
                data: [
                    "artifact": .string(String(id.prefix(12))), "size": .integer(Int64(size)), "text": .string(part),
                    "cut": .bool(part.utf8.count < size),
                ],
                nowMs: nowMs
            )
            return Executed(text: "attached to the next digest", agent: nil, issue: nil)
        } catch let error as StoreError {
            throw HubError(.refused, error.message)
        }
    }

    private func exec(_ argv: [String], agent name: String?, decision: Int64) throws {
        let hub = try tables.hub.get()
        guard hub.dangerous, hub.autopilot else {
            throw HubError(.refused, "exec needs dangerous mode and autopilot, both on")
        }
        if let reason = ExecPolicy.check(argv) { throw HubError(.refused, reason) }
        let worktree: String
        if let name {
            guard let path = try liveAgent(name).worktree else {
                throw HubError(.refused, "agent \(name) has no worktree")
            }
            worktree = path
        } else {
            worktree = environment.repository
        }
        try want(
            .runExec(.init(decision: decision, argv: argv, cwd: worktree, limitMs: settings.execLimitMs)),
            key: "exec:\(decision)"
        )
    }

    func execEnded(_ decision: Int64, exitCode: Int, output: String) throws {
        let artifact = try artifacts.put(Array(output.utf8), nowMs: nowMs)
        try artifacts.use(
            artifact,
            kind: "exec",
            agent: nil,
            issue: nil,
            turn: nil,
            name: "exec-\(decision)",
            nowMs: nowMs
        )
        try tables.decisions.settle(
            decision,
            .executed,
            reason: nil,
            result: "exit \(exitCode), artifact \(artifact.prefix(12))",
            agent: nil,
            issue: nil,
            nowMs: nowMs
        )
        try tables.digests.add(
            "EXEC",
            agent: nil,
            issue: nil,
            data: [
                "decision": .integer(decision), "exit": .integer(Int64(exitCode)),
                "artifact": .string(String(artifact.prefix(12))),
                "output": .string(String(output.prefix(2_000))),
            ],
            nowMs: nowMs
        )
    }

    func execFailed(_ decision: Int64, reason: String) throws {
        try tables.decisions.settle(
            decision,
            .failed,
            reason: reason,
            result: nil,
            agent: nil,
            issue: nil,
            nowMs: nowMs
        )
        try tables.digests.add(
            "EXEC",
            agent: nil,
            issue: nil,
            data: ["decision": .integer(decision), "failed": .string(reason)],
            nowMs: nowMs
        )
    }

    /// The live agent of a name, as people write it.
    func liveAgent(_ name: String) throws -> AgentRecord {
        let normal = (try? AgentName.normalise(name)) ?? name  // a name that none can have is one that none has
        guard let agent = try tables.agents.live(named: normal) else {
            let names = try tables.agents.allLive().map(\.name).joined(separator: ", ")
            throw HubError(.notFound, "there is no live agent \(normal); live: \(names.isEmpty ? "none" : names)")
        }
        return agent
    }

    /// An agent that waited for a person goes on.
    func unpark(_ agent: AgentRecord) throws {
        if agent.phase == .resting { try requirePlace() }
        guard [.parked, .stalled, .resting].contains(agent.phase) else { return }
        try tables.agents.setPhase(agent.id, .ready, reason: nil, nowMs: nowMs)
        try tables.agents.setFailures(agent.id, 0)
        try tables.events.append("agent.unparked", agent: agent.id, issue: agent.issue, nowMs: nowMs)
        if let issue = agent.issue { try setPhase(issue: issue, .running, reason: nil) }
        if let conversation = try tables.conversations.current(agent: agent.id) {
            if agent.phase == .resting { try wantSync(conversation) }
            return
        }
        try beginAnew(agent)
    }

    /// An agent without a conversation gets another, in which it is told what is known.
    func beginAnew(_ agent: AgentRecord) throws {
        if agent.role == .orchestrator {
            try openThread(agent, cwd: environment.repository)
            try handOver(agent)
        } else {  // its worktree may be gone, too
            try tables.agents.setPhase(agent.id, .starting, reason: nil, nowMs: nowMs)
            try wantWorkspace(agent)
        }
    }

    /// A person lets an agent go on that waited for one: with what waits to be sent, else with what was cut off, else with its next actions.
    func letGoOn(_ agent: AgentRecord) throws {
        try unpark(agent)
        let now = try tables.agents.require(agent.id)
        guard now.phase != .starting, try tables.turns.nextQueued(agent: agent.id) == nil else { return }
        if try tables.turns.active(agent: agent.id) == nil, let last = try tables.turns.lastStarted(agent: agent.id),
            try isCutOff(last)
        {
            let prompt = try continuationPrompt(last, now, git: nil)
            try queueTurn(now, kind: .send, prompt: prompt, continues: last.id)
        } else {
            try queueTurn(now, kind: .send, prompt: Prompts.goOn)
        }
    }

    /// Whether a turn was cut off, and nothing has gone on with it.
    private func isCutOff(_ turn: TurnRecord) throws -> Bool {
        guard turn.status == .interrupted || turn.status == .failed else { return false }
        return try tables.turns.continuation(of: turn.id) == nil
    }

    /// An agent whose conversation is lost is told in the new one all that is known, before anything else.
    func handOver(_ agent: AgentRecord) throws {
        // When nothing was ever said, what waits says it all.
        guard let last = try tables.turns.lastStarted(agent: agent.id) else { return }
        let reason = try tables.conversations.lastLost(agent: agent.id) ?? "it was ended"
        let prompt = try handover(agent, lost: reason)
        try queueTurn(agent, kind: .continue, prompt: prompt, continues: try isCutOff(last) ? last.id : nil)
    }

    /// Starts an agent, or hands the task to the one that has the name.
    func spawn(name: String, task: String, issue number: Int?) throws -> (AgentRecord, wasForwarded: Bool) {
        let normal: String
        do { normal = try AgentName.normalise(name) } catch { throw HubError(.refused, error.message) }
        if let agent = try tables.agents.live(named: normal) {
            try unpark(agent)
            try queueTurn(agent, kind: .send, prompt: task)
            return (agent, true)
        }
        let wanted = number ?? AgentName.issue(of: normal)
        let issue = try wanted.flatMap { try tables.issues.find($0) }
        if let number, issue == nil { throw HubError(.notFound, "there is no issue #\(number)") }
        if let issue { try checkFree(issue) }
        let hub = try tables.hub.get()
        guard !hub.paused else {
            throw HubError(.refused, "the hub is paused\(hub.pausedReason.map { ": \($0)" } ?? "")")
        }
        try requirePlace()
        let agent = try createAgent(
            name: issue.map { AgentName.forIssue($0.number) } ?? normal,
            issue: issue,
            brief: task
        )
        return (agent, false)
    }

    /// Refuses when all places of the WIP limit are taken (I7).
    private func requirePlace() throws {
        let limit = try tables.hub.get().wip
        let used = try tables.agents.wipUsed()
        guard used < limit else { throw HubError(.refused, "WIP full: \(used) of \(limit) places are taken") }
    }

    /// Whether an issue may get an agent by decision: the same gates as for the scheduler, but for its place in the queue.
    private func checkFree(_ issue: IssueRecord) throws {
        let failed = try gates(issue, commonFacts()).first {
            !$0.pass && ![.orchestrated, .queued, .retry].contains($0.gate)
        }
        if let failed { throw HubError(.refused, "issue #\(issue.number): \(failed.detail)") }
    }
}
