import OrchCore
import OrchStore
import Settings

extension Hub {
    /// The instructions of an agent's conversation: the repository's own, or the default.
    func instructions(_ agent: AgentRecord) throws -> String {
        let text: String
        let variables: [String: JSONValue]
        if agent.role == .orchestrator {
            text = settings.prompts.orchestrator ?? Prompts.orchestratorSystem
            variables = Prompts.orchestratorVariables(
                repository: environment.repository,
                baseBranch: environment.baseBranch,
                wip: try tables.hub.get().wip
            )
        } else {
            text = settings.prompts.subAgent ?? Prompts.subAgentSystem
            variables = try task(of: agent).variables
        }
        return try render(text, variables)
    }

    /// An agent's first message.
    func taskPrompt(_ agent: AgentRecord) throws -> String {
        let text = agent.issue != nil ? settings.prompts.task ?? Prompts.subAgentTask : Prompts.subAgentTask
        return try render(text, try task(of: agent).variables)
    }

    /// Templates were checked when the settings were read, so a failure here is one of ours.
    private func render(_ text: String, _ variables: [String: JSONValue]) throws -> String {
        do { return try Template.render(text, variables: variables) } catch {
            throw HubError(.internalError, "a prompt can't be made: \(error)")
        }
    }

    private func task(of agent: AgentRecord) throws -> AgentTask {
        let budget = try tables.agents.budget(agent.id)
        let issue = try agent.issue.map { number in
            let issue = try tables.issues.require(number)
            return AgentTask.Issue(
                number: number,
                title: issue.title,
                body: issue.body,
                labels: try tables.issues.labels(number),
                priority: issue.priority,
                blockedBy: try tables.issues.openBlockers(number)
            )
        }
        let attempts = try agent.issue.map { try tables.issues.require($0).attempts } ?? 0
        return AgentTask(
            agent: agent.name,
            issue: issue,
            brief: agent.brief,
            branch: agent.branch ?? "",
            worktree: agent.worktree ?? "",
            baseBranch: environment.baseBranch,
            attempt: attempts > 0 ? attempts + 1 : nil,
            budgetMs: budget.budgetMs,
            checkinMs: budget.checkinMs,
            tokensMax: budget.tokensMax
        )
    }

    /// What an agent is told when its turn was cut off and is gone on with.
    func continuationPrompt(_ turn: TurnRecord, _ agent: AgentRecord, git: WorkspaceFacts?) throws -> String {
        Prompts.continuation(try continuationFacts(turn, agent, git: git, cause: cause(of: turn)))
    }

    private func cause(of turn: TurnRecord) -> ContinuationFacts.Cause {
        guard turn.status == .failed else { return .killed }
        return turn.errorKind == TurnFailure.usageLimit.rawValue
            ? .usageLimit : .failed(turn.error ?? "no reason was given")
    }

    /// What an agent is told in a new conversation, when its old one is lost.
    func handover(_ agent: AgentRecord, lost reason: String) throws -> String {
        let last = try tables.turns.lastStarted(agent: agent.id)
        let task = try tables.turns.firstPrompt(agent: agent.id) ?? agent.brief ?? ""
        guard let last else { return task }
        return Prompts.continuation(
            try continuationFacts(last, agent, git: nil, cause: .conversationLost(reason: reason, task: task))
        )
    }

    private func continuationFacts(
        _ turn: TurnRecord,
        _ agent: AgentRecord,
        git: WorkspaceFacts?,
        cause: ContinuationFacts.Cause
    ) throws -> ContinuationFacts {
        let budget = try tables.agents.budget(agent.id)
        return ContinuationFacts(
            cause: cause,
            prompt: turn.prompt,
            running: try tables.turns.runningItems(turn: turn.id),
            finished: try tables.turns.finishedItems(turn: turn.id),
            reported: try tables.turns.reportSummaries(agent: agent.id),
            git: git.map {
                ContinuationFacts.Git(
                    branch: $0.branch,
                    head: $0.head,
                    commits: $0.commitsAhead,
                    uncommitted: $0.uncommitted
                )
            },
            leftMs: agent.role == .sub ? budget.leftMs : nil,
            tokensLeft: budget.tokensMax.map { max(0, $0 - budget.tokens) }
        )
    }
}
