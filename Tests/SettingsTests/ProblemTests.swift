import OrchCore
import Settings
import Testing

struct ProblemTests {
    @Test(arguments: [
        ("wip: -1", "orch.wip must be a whole number from 0 to 1000, and is `-1`"),
        ("wip: many", "orch.wip must be a whole number from 0 to 1000, and is `many`"),
        ("wip: 1001", "orch.wip must be a whole number from 0 to 1000, and is `1001`"),
        ("wip: 1.0", "orch.wip must be a whole number from 0 to 1000, and is `1.0`"),
        ("wip: [1]", "orch.wip must be a whole number from 0 to 1000, and is a list"),
        ("wip: {a: 1}", "orch.wip must be a whole number from 0 to 1000, and is a map"),
        ("wip: \"\"", "orch.wip must be a whole number from 0 to 1000, and is empty"),
        ("wip: \"\\e[31m\"", "orch.wip must be a whole number from 0 to 1000, and is `␛[31m`"),
        ("max_turns: 0", "orch.max_turns must be a whole number from 1 to 10000, and is `0`"),
        ("tokens: 0", "orch.tokens must be a whole number from 1 to 1000000000000000, and is `0`"),
        ("budget: 45", "orch.budget must be a duration such as 90s, 10m, 2h or 1d, from 1ms to 10000d, and is `45`"),
        ("poll: 500ms", "orch.poll must be a duration such as 90s, 10m, 2h or 1d, from 1s to 1d, and is `500ms`"),
        (
            "exec_limit: 2d",
            "orch.exec_limit must be a duration such as 90s, 10m, 2h or 1d, from 1ms to 1d, and is `2d`"
        ),
        ("debounce: x", "orch.debounce must be a duration such as 90s, 10m, 2h or 1d, from 0s to 10000d, and is `x`"),
        ("autopilot: maybe", "orch.autopilot must be true or false, and is `maybe`"),
        ("mirror: [true]", "orch.mirror must be true or false, and is a list"),
        ("app_server: tcp", "orch.app_server must be one of `socket`, `stdio`, and is `tcp`"),
        ("on_resume_lost: x", "orch.on_resume_lost must be one of `handover`, `fresh`, `ask`, and is `x`"),
        ("required_labels: a", "orch.required_labels must be a list of at most 100 texts, and is `a`"),
        ("required_labels: [[a]]", "orch.required_labels must be a list of at most 100 texts, and is a list"),
        ("model: \" \"", "orch.model must be text, not empty and of at most 200 bytes, and is ` `"),
        ("model: {a: b}", "orch.model must be text, not empty and of at most 200 bytes, and is a map"),
        ("base_branch: a..b", "orch.base_branch must be the name of a branch as git takes it, and is `a..b`"),
        (
            "branch_prefix: ai",
            "orch.branch_prefix must begin branch names as git takes them, and end with `/`, and is `ai`"
        ),
        (
            "branch_prefix: /",
            "orch.branch_prefix must begin branch names as git takes them, and end with `/`, and is `/`"
        ),
        (
            "worktrees: ../x",
            "orch.worktrees must be a folder below the repository's root, or an absolute one, without `.` and `..`, and not `.git`, and is `../x`"
        ),
        (
            "worktrees: .git/x",
            "orch.worktrees must be a folder below the repository's root, or an absolute one, without `.` and `..`, and not `.git`, and is `.git/x`"
        ),
        ("worktrees: $NO/x", "orch.worktrees must not name the variable NO, which is not set, and is `$NO/x`"),
        (
            "dangerous: true",
            "orch.dangerous must not be set in a file: only `orch daemon --dangerous` takes the sandbox away, and is `true`"
        ),
        ("labels: x", "orch.labels must be a map of keys to values, and is `x`"),
        ("labels: {queued: agent:done}", "orch.labels can't be used: two labels are called `agent:done`"),
        (
            "labels: {queued: \"a,b\"}",
            "orch.labels can't be used: the label `a,b` has a comma or a control character in it"
        ),
        ("prompts: [x]", "orch.prompts must be a map of keys to values, and is a list"),
        ("wipp: 3", "orch.wipp is no setting; did you mean `orch.wip`?"),
        ("chekcin: 3m", "orch.chekcin is no setting; did you mean `orch.checkin`?"),
        ("Budget: 3m", "orch.Budget is no setting; did you mean `orch.budget`?"),
        ("something_else: 3", "orch.something_else is no setting"),
        ("labels: {runing: x}", "orch.labels.runing is no label of the hub; did you mean `orch.labels.running`?"),
        ("prompts: {task: x}", "orch.prompts.task is no prompt"),
    ])
    func `a wrong value is told whole: where, which, the rule and the value`(line: String, message: String) {
        #expect(
            refusal("---\norch:\n  \(line)\n---\n")?.message
                == "the settings have a problem:\n  WORKFLOW.md:3: \(message)"
        )
    }

    @Test(arguments: [
        ("orch: 3", "orch must be a map of keys to values, and is `3`"),
        ("hooks: [a]", "hooks must be a map of keys to values, and is a list"),
        ("polling: {interval_ms: 1}", "polling.interval_ms must be a whole number from 1000 to 86400000, and is `1`"),
        (
            "polling: {interval_ms: 30s}",
            "polling.interval_ms must be a whole number from 1000 to 86400000, and is `30s`"
        ),
        (
            "agent: {max_concurrent_agents: 0}",
            "agent.max_concurrent_agents must be a whole number from 1 to 1000, and is `0`"
        ),
        (
            "hooks: {after_run: \"\"}",
            "hooks.after_run must be text, not empty and of at most 65536 bytes, and is empty"
        ),
        ("- a", "the front matter must be a map of keys to values"),
        ("text", "the front matter must be a map of keys to values"),
        ("? [a]\n: b", "a key must be a word, not a list or a map"),
    ])
    func `what is wrong with Symphony's keys and the file is told as well`(text: String, message: String) {
        #expect(refusal("---\n\(text)\n---\n")?.message == "the settings have a problem:\n  WORKFLOW.md:2: \(message)")
    }

    @Test
    func `all problems are told at once, in the order of the file, flags last`() throws {
        var flags = SettingsOverrides()
        flags.wip = 2_000
        flags.checkinMs = 0
        flags.tokensMax = 0
        flags.model = " "
        flags.codexPath = ""
        let text = """
            ---
            orch:
              wip: x
              budgets: 1h
              retry_base: 10m
              retry_cap: 1m
            polling:
              interval_ms: no
            ---

            Do {{ issue.titel }}
            """
        let error = try #require(refusal(text, flags: flags))
        #expect(
            error.message == """
                the settings have 10 problems:
                  WORKFLOW.md:3: orch.wip must be a whole number from 0 to 1000, and is `x`
                  WORKFLOW.md:4: orch.budgets is no setting; did you mean `orch.budget`?
                  WORKFLOW.md:6: orch.retry_cap must not be less than orch.retry_base (10m), and is `1m`
                  WORKFLOW.md:8: polling.interval_ms must be a whole number from 1000 to 86400000, and is `no`
                  WORKFLOW.md:11: the task's template can't be rendered: unknown variable `issue.titel`; \
                known here are acceptance, blocked_by, body, branch_name, description, goal, id, identifier, labels, number, \
                priority, scope, state, title, url, validation
                  --wip must be from 0 to 1000, and is 2000
                  --checkin must be from 1ms to 10000d, and is 0s
                  --tokens must be from 1 to 1000000000000000, and is 0
                  --model must not be empty
                  --codex-path must not be empty
                """
        )
        #expect("\(error)" == error.message)
        #expect(
            error.problems.map(\.code) == [
                .wrongValue, .unknownKey, .contradiction, .wrongValue, .template, .wrongValue, .wrongValue, .wrongValue,
                .wrongValue, .wrongValue,
            ]
        )
    }

    @Test
    func `a retry base over the default cap is told where it stands`() {
        #expect(
            refusal("---\norch:\n  retry_base: 1h\n---")?.problems.map(\.description) == [
                "WORKFLOW.md:3: orch.retry_cap must not be less than orch.retry_base (1h), and is `5m`"
            ]
        )
    }

    @Test
    func `a file that is not closed or too large is refused as a whole`() {
        #expect(
            refusal("---\norch:\n  wip: 3\n")?.message
                == "the settings have a problem:\n  WORKFLOW.md:1: the front matter that begins here is not closed by a line `---`"
        )
        #expect(
            refusal(String(repeating: "x", count: 1 << 20) + "y")?.message
                == "the settings have a problem:\n  WORKFLOW.md: the file has 1048577 bytes, and may have at most 1048576"
        )
    }

    @Test(arguments: [
        ("orch:\n  wip: 1\n  wip: 2", 3, "these keys are there twice: `wip`"),
        ("orch: {wip: 1", 3, "the front matter is no YAML: "),
        ("orch:\n\twip: 1", 3, "the front matter is no YAML: "),
        ("a: *nobody", 2, "the front matter is no YAML: "),
        ("a: \u{7}", nil, "the front matter is no YAML: "),
        ("a: 'x", 2, "the front matter is no YAML: "),
    ])
    func `what is no YAML is refused with its line`(yaml: String, line: Int?, text: String) throws {
        let error = try #require(refusal("---\n\(yaml)\n---\n"))
        #expect(error.problems.map(\.code) == [.syntax])
        #expect(error.problems.first?.line == line)
        #expect(error.problems.first?.text.hasPrefix(text) == true)
    }

    @Test(.timeLimit(.minutes(1)))
    func `I7: values that grow by aliases or nest without end are refused`() {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...8 {
            let elements = [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            bomb += "a\(level): &a\(level) [\(elements)]\n"
        }
        for yaml in [bomb, "a: " + String(repeating: "[", count: 500) + String(repeating: "]", count: 500)] {
            #expect(refusal("---\n\(yaml)\n---\n")?.problems.map(\.code) == [.syntax])
        }
    }
}
