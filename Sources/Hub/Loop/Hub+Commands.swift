import OrchCore
import OrchStore
import SQLite

extension Hub {
    /// Commands executed in one transaction.
    static let commandBatch = 256

    /// Executes what people asked for, in order, each once (I3); only one of them for who does it without a daemon.
    func runCommands(only id: Int64? = nil) throws {
        let batch =
            try id.map { try tables.commands.find($0).map { [$0] } ?? [] }
            ?? tables.commands.pending(limit: Self.commandBatch)
        for command in batch where command.status == .pending {
            do {
                let payload = try JSONValue(parsing: command.payload)
                let result = try db.savepoint { try execute(command, CommandFields(payload)) }
                try tables.commands.settle(command.id, .done, result: result.canonicalText, error: nil, nowMs: nowMs)
            } catch let error as HubError where error.code != .superseded {
                try settleRefused(command, error.message)
            } catch let error as StoreError {
                try settleRefused(command, error.message)
            } catch let error as JSONParseError {
                try settleRefused(command, "its payload is no JSON: \(error)")
            }
            mustDispatch = true
        }
    }

    func settleRefused(_ command: CommandRecord, _ reason: String) throws {
        try tables.commands.settle(command.id, .refused, result: nil, error: reason, nowMs: nowMs)
        try tables.events.append(
            "command.refused",
            ["command": .integer(command.id), "kind": .string(command.kind), "reason": .string(reason)],
            nowMs: nowMs
        )
    }

    private func execute(_ command: CommandRecord, _ fields: CommandFields) throws -> JSONValue {
        switch command.kind.split(separator: ".").first.map(String.init) {
        case "issue": try executeIssue(command, fields)
        case "gh": try executeGitHub(command, fields)
        case "agent": try executeAgent(command.kind, fields)
        case "hub": try executeHub(command.kind, fields)
        case "approval": try executeApproval(command, fields)
        default: throw HubError(.refused, "this orch knows no command \(command.kind)")
        }
    }

    private func executeIssue(_ command: CommandRecord, _ fields: CommandFields) throws -> JSONValue {
        let kind = command.kind
        if isRemote { try refuseAtGitHub(kind) }
        if kind == "issue.new" {
            let number = try newIssue(
                title: try fields.text("title"),
                body: try fields.optionalText("body") ?? "",
                labels: try fields.texts("labels"),
                author: try fields.optionalText("author") ?? ""
            )
            return ["number": .integer(Int64(number))]
        }
        let number = Int(try fields.integer("number"))
        guard try tables.issues.find(number) != nil else { throw HubError(.notFound, "there is no issue #\(number)") }
        var result: [String: JSONValue] = ["number": .integer(Int64(number))]
        switch kind {
        case "issue.edit":
            try tables.issues.edit(
                number,
                title: try fields.optionalText("title"),
                body: try fields.optionalText("body"),
                nowMs: nowMs
            )
            try tables.events.append("issue.edited", issue: number, nowMs: nowMs)
            try readCharter(number)
        case "issue.comment" where isRemote:
            let key = try commentAtGitHub(number, try fields.text("body"), command)
            result["outbox"] = .string(key)
            try passOn(
                comment: try fields.text("body"),
                author: try fields.optionalText("author") ?? "somebody",
                issue: number
            )
        case "issue.comment":
            let id = try tables.issues.comment(
                number,
                author: try fields.optionalText("author") ?? "",
                body: try fields.text("body"),
                marker: nil,
                nowMs: nowMs
            )
            result["comment"] = .number(id)
            try passOn(
                comment: try fields.text("body"),
                author: try fields.optionalText("author") ?? "somebody",
                issue: number
            )
        case "issue.label":
            let labels = try labelIssue(number, add: try fields.texts("add"), remove: try fields.texts("remove"))
            result["labels"] = .array(labels.map { .string($0) })
        case "issue.close": try setOpen(number, false)
        case "issue.reopen": try setOpen(number, true)
        case "issue.retry": try retryIssue(number)
        default: throw HubError(.refused, "this orch knows no command \(kind)")
        }
        return .object(result)
    }

    /// A person's comment on an issue that an agent works on reaches the agent and the next digest.
    func passOn(comment: String, author: String, issue: Int) throws {
        try tables.events.append("issue.commented", issue: issue, ["author": .string(author)], nowMs: nowMs)
        guard let agent = try tables.agents.live(issue: issue) else { return }
        let isWhole = comment.utf8.count <= Prompts.messageLimit
        let text = isWhole ? comment : Clip.bytes(comment, Prompts.messageLimit) + "\n\n[cut here: it is longer]"
        try queueTurn(agent, kind: .send, prompt: "A comment by \(author) on issue #\(issue):\n\n\(text)")
        try tables.digests.add(
            "COMMENT",
            agent: agent.id,
            issue: issue,
            data: [
                "issue": .integer(Int64(issue)), "author": .string(author),
                "text": .string(String(comment.prefix(2_000))),
            ],
            nowMs: nowMs
        )
    }

    private func executeAgent(_ kind: String, _ fields: CommandFields) throws -> JSONValue {
        switch kind {
        case "agent.spawn":
            let (agent, wasForwarded) = try spawn(
                name: try fields.text("name"),
                task: try message(try fields.text("task")),
                issue: try fields.optionalInteger("issue").map { Int($0) }
            )
            return ["agent": .string(agent.name), "forwarded": .bool(wasForwarded)]
        case "agent.send":
            let agent = try liveAgent(try fields.text("to"))
            try unpark(agent)
            let turn = try queueTurn(agent, kind: .send, prompt: try message(try fields.text("task")))
            return ["turn": .string(turn.id)]
        case "agent.close":
            let agent = try liveAgent(try fields.text("agent"))
            let word = try fields.optionalText("outcome") ?? "done"
            guard let outcome = AgentOutcome(rawValue: word) else {
                throw HubError(
                    .refused,
                    "an outcome is one of \(AgentOutcome.allCases.map(\.rawValue).joined(separator: ", ")), not \(word)"
                )
            }
            try close(agent, outcome: outcome, reason: "closed by a person")
            return ["agent": .string(agent.name)]
        case "agent.interrupt":
            let agent = try liveAgent(try fields.text("agent"))
            guard let turn = try tables.turns.active(agent: agent.id), turn.status == .running else {
                throw HubError(.refused, "agent \(agent.name) has no running turn")
            }
            try interrupt(turn, agent)
            return ["turn": .string(turn.id)]
        case "agent.budget": return try setBudget(fields)
        default: throw HubError(.refused, "this orch knows no command \(kind)")
        }
    }

    /// A message that Codex takes.
    private func message(_ text: String) throws -> String {
        let size = text.utf8.count
        guard size <= Prompts.messageLimit else {
            throw HubError(
                .refused,
                "a message has at most \(Prompts.messageLimit) bytes, and this one has \(size): put it into a file of the repository and name that"
            )
        }
        return text
    }

    private func setBudget(_ fields: CommandFields) throws -> JSONValue {
        let agent = try liveAgent(try fields.text("agent"))
        let budgetMs = try fields.optionalInteger("budget_ms").map { try positive($0, "budget_ms") }
        let checkinMs = try fields.optionalInteger("checkin_ms").map { try positive($0, "checkin_ms") }
        let tokensMax = try fields.optionalInteger("tokens_max").map { try positive($0, "tokens_max") }
        try changeBudget(agent) { budget in
            if let budgetMs { budget.budgetMs = budgetMs }
            if let checkinMs {
                budget.checkinMs = checkinMs
                budget.checkinAtWorkedMs = budget.workedMs + checkinMs
            }
            if let tokensMax { budget.tokensMax = tokensMax }
        }
        return ["agent": .string(agent.name)]
    }

    /// Changes what an agent may use; one that was asked to wrap up goes on when there is something left again.
    func changeBudget(_ agent: AgentRecord, _ change: (inout BudgetState) -> Void) throws {
        var budget = try tables.agents.budget(agent.id)
        change(&budget)
        if !budget.isUsedUp, budget.wrapUpAtWorkedMs != nil {
            budget.wrapUpAtWorkedMs = nil
            if agent.phase == .wrappingUp { try tables.agents.setPhase(agent.id, .ready, reason: nil, nowMs: nowMs) }
        }
        try tables.agents.setBudget(agent.id, budget)
        try tables.events.append(
            "agent.budget",
            agent: agent.id,
            issue: agent.issue,
            [
                "budget_ms": .integer(budget.budgetMs), "checkin_ms": .integer(budget.checkinMs),
                "tokens_max": .number(budget.tokensMax),
            ],
            nowMs: nowMs
        )
    }

    private func positive(_ value: Int64, _ name: String) throws -> Int64 {
        guard value > 0 else { throw HubError(.refused, "\(name) must be above 0, not \(value)") }
        return value
    }

    private func executeHub(_ kind: String, _ fields: CommandFields) throws -> JSONValue {
        switch kind {
        case "hub.ping": return [:]
        case "hub.pause":
            try tables.hub.setPaused(true, reason: try fields.optionalText("reason"))
        case "hub.resume":
            try tables.hub.setPaused(false, reason: nil)
        case "hub.autopilot":
            let on = try fields.bool("on")
            try tables.hub.setAutopilot(on)
        case "hub.wip":
            let limit = try fields.integer("limit")
            guard (0...1_000).contains(limit) else {
                throw HubError(.refused, "the WIP limit is 0 to 1000, not \(limit)")
            }
            try tables.hub.setWIP(Int(limit))
        case "hub.decide":
            let pending = try tables.digests.firstPendingMs() != nil
            mustDigest = pending
            return ["pending": .bool(pending)]
        case "hub.stop":
            if try fields.optionalBool("all") ?? false { try stopAll() } else { isStopping = true }
        default: throw HubError(.refused, "this orch knows no command \(kind)")
        }
        try tables.events.append(kind, fields.values, nowMs: nowMs)
        mustSchedule = true
        return [:]
    }

    private func executeApproval(_ command: CommandRecord, _ fields: CommandFields) throws -> JSONValue {
        guard command.kind == "approval.decide" else {
            throw HubError(.refused, "this orch knows no command \(command.kind)")
        }
        let id = try fields.integer("id")
        guard let approval = try tables.approvals.find(id) else {
            throw HubError(.notFound, "there is no approval \(id)")
        }
        guard approval.status == .pending else {
            throw HubError(.refused, "approval \(id) is \(approval.status.rawValue) already")
        }
        let status: ApprovalStatus = try fields.bool("approve") ? .approved : .denied
        try decide(
            approval,
            status,
            by: try fields.optionalText("by") ?? command.source,
            reason: try fields.optionalText("reason")
        )
        return ["id": .integer(id), "status": .string(status.rawValue)]
    }
}
