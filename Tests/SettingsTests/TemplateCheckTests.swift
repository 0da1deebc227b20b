import Settings
import Testing

struct TemplateCheckTests {
    private let roots =
        "agent, attempt, base_branch, branch, brief, budget, checkin, issue, tokens_max, workflow, worktree"

    @Test
    func `an unknown variable of the task is told with its line in the file`() {
        #expect(
            refusal("---\norch:\n  wip: 1\n---\n\nFirst\n{{ nobody }}\n")?.problems.map(\.description) == [
                "WORKFLOW.md:7: the task's template can't be rendered: unknown variable `nobody`; known are \(roots)"
            ]
        )
    }

    @Test(arguments: [
        "{% if nobody %}x{% endif %}", "{% if attempt %}{{ nobody }}{% endif %}",
        "{% if attempt %}x{% else %}{{ nobody }}{% endif %}", "{% for l in issue.labels %}{{ l.name.x }}{% endfor %}",
        "{{ issue.title | shout }}", "{% while x %}", "{{ issue.title", "{% if attempt %}", "{{ agent.nom }}",
        "{% for x in issue.title %}{% endfor %}",
    ])
    func `a template that can't be rendered in some case is refused before anything starts`(body: String) {
        #expect(refusal(body)?.problems.map(\.code) == [.template])
    }

    @Test(arguments: [
        "plain", "{{ issue.title }}", "{{ brief }}", "{% if tokens_max %}{{ tokens_max }}{% endif %}",
        "{% for item in issue.acceptance %}{{ item.text }}{% endfor %}", "{{ issue.labels }}", "{{ workflow }}",
        "{{ issue.body | default: \"none\" }}", "{% for b in issue.blocked_by %}{{ b.identifier }}{% endfor %}",
    ])
    func `a template that can be rendered in every case is taken`(body: String) throws {
        #expect(try SettingsLoader.load(workflowText: body).prompts.task == body)
    }

    @Test
    func `the prompts are checked with the variables that they get`() {
        let text = """
            ---
            orch:
              prompts:
                orchestrator: |
                  You lead {{ repository }} on {{ base_branch }} with {{ wip }}.
                  {{ issue.title }}
                sub_agent: You are {{ agent.name }} of {{ repository }}
            ---
            """
        #expect(
            refusal(text)?.problems.map(\.description) == [
                "WORKFLOW.md:4: orch.prompts.orchestrator can't be rendered: in its line 2, unknown variable `issue`; known are base_branch, repository, wip",
                "WORKFLOW.md:7: orch.prompts.sub_agent can't be rendered: in its line 1, unknown variable `repository`; known are \(roots)",
            ]
        )
    }
}
