/// What an agent is told of its task, as variables of the prompt templates.
package struct AgentTask: Sendable, Hashable {
    /// The issue that the agent works on.
    package struct Issue: Sendable, Hashable {
        package var number: Int
        package var title: String
        package var body: String
        package var state: String
        package var labels: [String]
        package var priority: Int
        package var blockedBy: [Int]

        /// An issue.
        package init(
            number: Int,
            title: String,
            body: String,
            state: String = "open",
            labels: [String] = [],
            priority: Int = PriorityLabel.standard,
            blockedBy: [Int] = []
        ) {
            self.number = number
            self.title = title
            self.body = body
            self.state = state
            self.labels = labels
            self.priority = priority
            self.blockedBy = blockedBy
        }
    }

    /// The agent's name.
    package var agent: String
    /// Its issue; nil for an agent that was spawned for a task alone.
    package var issue: Issue?
    /// What the orchestrator or a person said it should do.
    package var brief: String?
    package var branch: String
    package var worktree: String
    package var baseBranch: String
    /// The number of the try, from 2 on; nil for the first.
    package var attempt: Int?
    package var budgetMs: Int64
    package var checkinMs: Int64
    package var tokensMax: Int64?
    /// The prompt of `WORKFLOW.md`, filled in, if there is one.
    package var workflow: String?

    /// The most bytes of an issue's body that go into a prompt: Codex takes 1,048,576 characters in all.
    package static let bodyLimit = 400_000

    /// A task.
    package init(
        agent: String,
        issue: Issue?,
        brief: String? = nil,
        branch: String,
        worktree: String,
        baseBranch: String,
        attempt: Int? = nil,
        budgetMs: Int64,
        checkinMs: Int64,
        tokensMax: Int64? = nil,
        workflow: String? = nil
    ) {
        self.agent = agent
        self.issue = issue
        self.brief = brief
        self.branch = branch
        self.worktree = worktree
        self.baseBranch = baseBranch
        self.attempt = attempt
        self.budgetMs = budgetMs
        self.checkinMs = checkinMs
        self.tokensMax = tokensMax
        self.workflow = workflow
    }

    /// The variables of the sub-agent's templates; the names of `issue` are those of the Symphony specification, and the charter's parts.
    package var variables: [String: JSONValue] {
        [
            "agent": ["name": .string(agent)],
            "issue": issue.map(Self.variables) ?? .null,
            "brief": .text(brief),
            "branch": .string(branch),
            "worktree": .string(worktree),
            "base_branch": .string(baseBranch),
            "attempt": .number(attempt),
            "budget": .string(DurationText.format(budgetMs)),
            "checkin": .string(DurationText.format(checkinMs)),
            "tokens_max": .number(tokensMax),
            "workflow": .text(workflow),
        ]
    }

    /// Variables as they may be, for checking a template before anything starts.
    package static let sample = AgentTask(
        agent: "iss-1",
        issue: Issue(number: 1, title: "A title", body: "## Goal\nA goal\n## Acceptance\n- [ ] An item", labels: ["a"]),
        branch: "ai/iss-1",
        worktree: "/",
        baseBranch: "main",
        budgetMs: 1,
        checkinMs: 1
    )

    private static func variables(_ issue: Issue) -> JSONValue {
        let charter = Charter.parse(body: issue.body)
        let whole = issue.body.utf8.count
        var body = Clip.bytes(issue.body, bodyLimit)
        if body.utf8.count < whole {
            body += "\n\n[cut here: the text has \(whole) bytes; ask for the rest if you need it]"
        }
        return [
            "id": .string(String(issue.number)),
            "number": .integer(Int64(issue.number)),
            "identifier": .string("#\(issue.number)"),
            "title": .string(issue.title),
            "body": .string(body),
            "description": .string(body),
            "state": .string(issue.state),
            "labels": .array(issue.labels.map { .string($0) }),
            "priority": .integer(Int64(issue.priority)),
            "blocked_by": .array(
                issue.blockedBy.map { ["id": .string(String($0)), "identifier": .string("#\($0)"), "state": .null] }
            ),
            "url": .null,
            "branch_name": .null,
            "goal": .string(Clip.bytes(charter.goal, bodyLimit)),
            "acceptance": .array(
                charter.acceptance.prefix(200).map {
                    ["text": .string(Clip.bytes($0.text, 2_000)), "done": .bool($0.isDone)]
                }
            ),
            "scope": .string(Clip.bytes(charter.scope, bodyLimit)),
            "validation": .string(Clip.bytes(charter.validation, bodyLimit)),
        ]
    }
}
