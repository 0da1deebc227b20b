import OrchCore
import Settings
import Testing

struct OrchKeysTests {
    @Test
    func `every key below orch is read, and where it came from is known`() throws {
        let settings = try load(
            """
            orch:
              wip: 5
              required_labels: [team-a, "with space"]
              labels:
                orchestrate: bot
                queued: bot:queued
                running: bot:running
                review: bot:review
                done: bot:done
                stalled: bot:stalled
                pr_on_complete: bot:pr
              max_turns: 7
              max_attempts: 4
              max_continuations: 2
              retry_base: 5s
              retry_cap: 2m
              poll: 10s
              checkin: 90s
              budget: 1h30m
              tokens: 2000000
              orchestrator_tokens: 500000
              stale: 20m
              nudges: 0
              wrap_up_grace: 0s
              debounce: 500ms
              approval_limit: 1d
              turn_limit: 2h
              exec_limit: 30s
              on_resume_lost: ask
              base_branch: release/1.0
              worktrees: /srv/trees/
              branch_prefix: bots/orch/
              model: gpt-5
              codex_path: /opt/codex
              app_server: stdio
              request_limit: 5s
              prompts:
                orchestrator: "You lead {{ repository }}."
                sub_agent: "You are {{ agent.name }}."
              orchestrator: no
              autopilot: yes
              mirror: on
            """
        )
        var expected = HubSettings()
        expected.wip = 5
        expected.requiredLabels = ["team-a", "with space"]
        expected.labels = LabelNames(
            orchestrate: "bot",
            queued: "bot:queued",
            running: "bot:running",
            review: "bot:review",
            done: "bot:done",
            stalled: "bot:stalled",
            prOnComplete: "bot:pr"
        )
        expected.maxTurns = 7
        expected.maxAttempts = 4
        expected.maxContinuations = 2
        expected.retryBaseMs = 5_000
        expected.retryCapMs = 120_000
        expected.pollMs = 10_000
        expected.checkinMs = 90_000
        expected.budgetMs = 5_400_000
        expected.tokensMax = 2_000_000
        expected.orchestratorTokens = 500_000
        expected.staleMs = 1_200_000
        expected.nudges = 0
        expected.wrapUpGraceMs = 0
        expected.debounceMs = 500
        expected.approvalLimitMs = 86_400_000
        expected.turnLimitMs = 7_200_000
        expected.execLimitMs = 30_000
        expected.onResumeLost = .ask
        expected.baseBranch = "release/1.0"
        expected.worktreesFolder = "/srv/trees"
        expected.branchPrefix = "bots/orch/"
        expected.model = "gpt-5"
        expected.codexPath = "/opt/codex"
        expected.appServer = .stdio
        expected.requestLimitMs = 5_000
        expected.prompts.orchestrator = "You lead {{ repository }}."
        expected.prompts.subAgent = "You are {{ agent.name }}."
        expected.orchestrator = false
        expected.autopilot = true
        expected.mirror = true
        let keys = [
            "wip", "required_labels", "labels", "max_turns", "max_attempts", "max_continuations", "retry_base",
            "retry_cap", "poll", "checkin", "budget", "tokens", "orchestrator_tokens", "stale", "nudges",
            "wrap_up_grace", "debounce", "approval_limit", "turn_limit", "exec_limit", "on_resume_lost", "base_branch",
            "worktrees", "branch_prefix", "model", "codex_path", "app_server", "request_limit", "prompts",
            "orchestrator", "autopilot", "mirror",
        ]
        expected.sources = Dictionary(uniqueKeysWithValues: keys.map { ($0, .workflow) })
        #expect(settings == expected)
        #expect(settings.json["sources"]?["wip"]?.stringValue == "WORKFLOW.md")
        #expect(settings.json["prompts"]?["sub_agent"]?.canonicalText == #"{"bytes":25,"from":"WORKFLOW.md"}"#)
    }

    @Test(arguments: [
        ("500ms", 500), ("90s", 90_000), ("10m", 600_000), ("2h", 7_200_000), ("1d", 86_400_000), ("1h30m", 5_400_000),
        ("\"1h 30m\"", 5_400_000), ("10000d", 864_000_000_000), ("1ms", 1),
    ])
    func `durations are read as people write them`(text: String, ms: Int64) throws {
        #expect(try load("orch:\n  budget: \(text)").budgetMs == ms)
    }

    @Test(arguments: [
        "45", "0s", "-1s", "1.5h", "ten minutes", "10001d", "99999999999999999999s", "1w", "[1s]", "{a: 1s}", "true",
        "\"\"", "1 s x",
    ])
    func `what is no duration is refused`(text: String) throws {
        let error = try #require(refusal("---\norch:\n  budget: \(text)\n---"))
        #expect(error.problems.map(\.code) == [.wrongValue])
        #expect(error.problems.first?.line == 3)
        #expect(error.message.contains("must be a duration such as 90s, 10m, 2h or 1d, from 1ms to 10000d, and is "))
    }

    @Test(arguments: [
        ("~/trees", "/home/me/trees"), ("\"~\"", "/home/me"), ("$WORK/a/b", "/work/a/b"), ("$WORK", "/work"),
        ("trees", "trees"), ("a/b/", "a/b"), ("/x", "/x"), ("a$WORK", "a$WORK"), (".worktrees", ".worktrees"),
    ])
    func `folders are read as a shell would`(text: String, folder: String) throws {
        let variables = ["HOME": "/home/me", "WORK": "/work"]
        #expect(try load("orch:\n  worktrees: \(text)", variables: variables).worktreesFolder == folder)
        #expect(try load("workspace:\n  root: \(text)", variables: variables).worktreesFolder == folder)
    }

    @Test(arguments: ["true", "True", "yes", "on", "\"true\"", "YES"])
    func `yes has many words`(text: String) throws {
        #expect(try load("orch:\n  autopilot: \(text)").autopilot)
        #expect(try load("orch:\n  orchestrator: \(text)").orchestrator)
    }

    @Test
    func `an alias means what it names`() throws {
        #expect(try load("orch:\n  checkin: &time 7m\n  stale: *time").staleMs == 420_000)
    }
}
