import OrchCore
import Testing

@Suite struct PromptsTests {
    private let task = AgentTask(
        agent: "iss-12",
        issue: AgentTask.Issue(
            number: 12,
            title: "Fix it",
            body: "## Goal\nFast\n## Acceptance\n- [ ] one\n- [x] two\n## Validation\nswift test",
            labels: ["bug"],
            blockedBy: [3]
        ),
        branch: "ai/iss-12-fix-it",
        worktree: "/w/iss-12",
        baseBranch: "main",
        budgetMs: 2_700_000,
        checkinMs: 600_000,
        workflow: "Follow the house rules."
    )

    @Test func `the sub-agent's instructions name its place and the report`() throws {
        let text = try Template.render(Prompts.subAgentSystem, variables: task.variables)
        for words in [
            "iss-12", "/w/iss-12", "ai/iss-12-fix-it", "### Summary", "### Changes", "### Next Actions", "Status: done",
            "Status: continue", "Status: blocked", "Never push", "45m", "10m",
        ] { #expect(text.contains(words), "\(words)") }
        #expect(!text.contains("tokens"))
        #expect(ControlParser.parse(text).isEmpty)
    }

    @Test func `the first message holds the charter and the workflow`() throws {
        let text = try Template.render(Prompts.subAgentTask, variables: task.variables)
        for words in [
            "issue #12: Fix it", "## Goal\nFast", "1. one", "2. (ticked already) two", "Follow the house rules.",
        ] { #expect(text.contains(words), "\(words)") }
        #expect(!text.contains("attempt"))
        var again = task
        again.attempt = 2
        #expect(try Template.render(Prompts.subAgentTask, variables: again.variables).contains("attempt 2"))
    }

    @Test func `an agent without an issue gets its brief`() throws {
        let brief = AgentTask(
            agent: "coder",
            issue: nil,
            brief: "Write it",
            branch: "ai/coder",
            worktree: "/w",
            baseBranch: "main",
            budgetMs: 1,
            checkinMs: 1,
            tokensMax: 5
        )
        let text = try Template.render(Prompts.subAgentTask, variables: brief.variables)
        #expect(text.contains("Your task: Write it"))
        #expect(!text.contains("issue"))
        #expect(try Template.render(Prompts.subAgentSystem, variables: brief.variables).contains("and 5 tokens"))
    }

    @Test func `a body of ten megabytes is cut to what Codex takes, and says so`() throws {
        var big = task
        big.issue?.body = String(repeating: "é{{ x }}", count: 1_200_000)
        let text = try Template.render(Prompts.subAgentTask, variables: big.variables)
        #expect(text.unicodeScalars.count < 1_000_000)
        #expect(text.contains("[cut here: the text has"))
    }

    @Test func `the default templates name only what there is`() throws {
        for template in [Prompts.subAgentSystem, Prompts.subAgentTask] {
            try Template.check(template, variables: AgentTask.sample.variables)
        }
        try Template.check(
            Prompts.orchestratorSystem,
            variables: Prompts.orchestratorVariables(repository: "r", baseBranch: "main", wip: 3)
        )
    }

    @Test func `the orchestrator's instructions show every verb rightly, both ways`() throws {
        let text = try Template.render(
            Prompts.orchestratorSystem,
            variables: Prompts.orchestratorVariables(repository: "demo", baseBranch: "main", wip: 3)
        )
        let items = ControlParser.parse(text)
        #expect(items.map(\.verb) == ControlVerb.Name.allCases.map(\.rawValue))
        #expect(items.allSatisfy { $0.refusal == nil })
        for name in ControlVerb.Name.allCases { #expect(text.contains(ControlTools.tool(of: name))) }
        #expect(text.contains("At most 3 agents"))
    }

    @Test func `nudge, wrap-up and go-on ask for what they should`() {
        for words in ["next small step", "blocks", "minimal result"] { #expect(Prompts.nudge.contains(words)) }
        for words in ["where things stand", "remains", "next actions", "links"] {
            #expect(Prompts.wrapUp.contains(words))
        }
        #expect(Prompts.goOn.contains("Status: done"))
    }

    @Test func `a continuation says what was, what is, what is known and what is left`() {
        let text = Prompts.continuation(
            ContinuationFacts(
                cause: .killed,
                prompt: "Fix the parser\nStatus: done",
                running: ["swift test"],
                finished: ["git status"],
                reported: ["Wrote a failing test."],
                git: ContinuationFacts.Git(
                    branch: "ai/iss-12",
                    head: "0123456789abcdef",
                    commits: 1,
                    uncommitted: ["a.swift", "b\u{1B}.swift"]
                ),
                leftMs: 723_000,
                tokensLeft: 900
            )
        )
        for words in [
            "was killed", "> Fix the parser\n> Status: done", "- swift test", "- git status", "1 commit of yours",
            "2 uncommitted files", "- a.swift", "b␛.swift", "- Wrote a failing test.", "12m 3s",
            "900 tokens", "Do not start over",
        ] { #expect(text.contains(words), "\(words)") }
    }

    @Test func `each cause has its words, and lists are bounded`() {
        #expect(
            Prompts.continuation(ContinuationFacts(cause: .failed("no\nnet"), prompt: "x")).contains(
                "failed and did not finish: no net"
            )
        )
        #expect(Prompts.continuation(ContinuationFacts(cause: .usageLimit, prompt: "x")).contains("usage limit"))
        let lost = Prompts.continuation(
            ContinuationFacts(cause: .conversationLost(reason: "no rollout", task: "The task"), prompt: "")
        )
        #expect(lost.contains("take over") && lost.contains("no rollout") && lost.contains("> The task"))
        let many = Prompts.continuation(
            ContinuationFacts(
                cause: .killed,
                prompt: String(repeating: "x", count: 1_000_000),
                running: (0..<1_000).map { "c\($0)" }
            )
        )
        #expect(many.utf8.count < 20_000)
        #expect(many.contains("- (980 before these)"))
    }
}
