import OrchCore
import Settings
import Testing

struct SymphonyTests {
    /// As in OpenAI's Symphony repository, shortened.
    static let workflow = """
        ---
        tracker:
          kind: linear
          project_slug: "symphony-0c79b11b75ea"
          active_states:
            - Todo
            - In Progress
          terminal_states: [Closed, Done]
        polling:
          interval_ms: 5000
        workspace:
          root: ~/code/symphony-workspaces
        hooks:
          after_create: |
            git clone --depth 1 https://github.com/openai/symphony .
            mise trust
          before_remove: |
            cd elixir && mise exec -- mix workspace.before_remove
        agent:
          max_concurrent_agents: 10
          max_turns: 20
        codex:
          command: codex --config shell_environment_policy.inherit=all app-server
          approval_policy: never
          thread_sandbox: workspace-write
          turn_sandbox_policy:
            type: workspaceWrite
        ---

        You are working on a Linear ticket `{{ issue.identifier }}`

        {% if attempt %}
        Continuation context:

        - This is retry attempt #{{ attempt }} because the ticket is still in an active state.
        {% endif %}

        Title: {{ issue.title }}
        Current status: {{ issue.state }}
        Labels: {{ issue.labels }}
        URL: {{ issue.url }}

        {% if issue.description %}
        {{ issue.description }}
        {% else %}
        No description provided.
        {% endif %}
        {% for blocker in issue.blocked_by %}{{ blocker.identifier }} {% endfor %}

        """

    @Test
    func `a WORKFLOW md of Symphony's is followed, and what is not followed is said`() throws {
        let settings = try SettingsLoader.load(workflowText: Self.workflow, variables: ["HOME": "/home/me"])
        var expected = HubSettings()
        expected.pollMs = 5_000
        expected.worktreesFolder = "/home/me/code/symphony-workspaces"
        expected.hooks.afterCreate = "git clone --depth 1 https://github.com/openai/symphony .\nmise trust\n"
        expected.hooks.beforeRemove = "cd elixir && mise exec -- mix workspace.before_remove\n"
        expected.wip = 10
        expected.maxTurns = 20
        expected.prompts.task = settings.prompts.task
        expected.sources = [
            "poll": .workflow, "worktrees": .workflow, "hooks": .workflow, "wip": .workflow, "max_turns": .workflow,
            "task": .workflow,
        ]
        expected.notes = [
            "tracker.kind `linear` is not followed: this orch works on its own issues (`orch issue`)",
            "tracker.active_states is not followed: orch's labels are the states",
            "tracker.terminal_states is not followed: orch's labels are the states",
            "codex.command `codex --config shell_environment_policy.inherit=all app-server` is not followed: orch starts the app-server itself (`orch.codex_path`)",
            "codex.approval_policy is not followed: orch decides on sandbox and approvals itself (`--dangerous`, `orch autopilot`)",
            "codex.thread_sandbox is not followed: orch decides on sandbox and approvals itself (`--dangerous`, `orch autopilot`)",
            "codex.turn_sandbox_policy is not followed: orch decides on sandbox and approvals itself (`--dangerous`, `orch autopilot`)",
        ]
        #expect(settings == expected)
        #expect(
            settings.prompts.task?.hasPrefix("You are working on a Linear ticket `{{ issue.identifier }}`\n") == true
        )
        #expect(settings.prompts.task?.hasSuffix("{% endfor %}") == true)
        #expect(settings.hooks["after_create"] == expected.hooks.afterCreate)
        #expect(settings.hooks["after_run"] == nil)
    }

    @Test
    func `a file without front matter is the task's prompt`() throws {
        let settings = try SettingsLoader.load(workflowText: "\r\nDo {{ issue.title }}.\r\nWell.\r\n\r\n")
        #expect(settings.prompts.task == "Do {{ issue.title }}.\nWell.")
        #expect(settings.sources == ["task": .workflow])
    }

    @Test
    func `Symphony's other keys are read`() throws {
        let settings = try load(
            """
            tracker: {kind: local, required_labels: [a]}
            hooks: {before_run: make, after_run: "true", timeout_ms: 5}
            agent: {max_retry_backoff_ms: 20000, max_concurrent_agents_by_state: {todo: 1}}
            codex: {command: /opt/codex app-server, turn_timeout_ms: 1000, read_timeout_ms: 2000, stall_timeout_ms: 3000}
            """
        )
        #expect(settings.requiredLabels == ["a"])
        #expect(settings.hooks.beforeRun == "make")
        #expect(settings.hooks.afterRun == "true")
        #expect(settings.hooks.timeoutMs == 5)
        #expect(settings.retryCapMs == 20_000)
        #expect(settings.codexPath == "/opt/codex")
        #expect(settings.turnLimitMs == 1_000)
        #expect(settings.requestLimitMs == 2_000)
        #expect(settings.staleMs == 3_000)
        #expect(
            settings.notes == [
                "agent.max_concurrent_agents_by_state is not followed: orch has one limit, `orch.wip`"
            ]
        )
    }

    @Test(arguments: ["0", "-1"])
    func `a stall timeout of nothing or less switches the watch off`(ms: String) throws {
        #expect(try load("codex: {stall_timeout_ms: \(ms)}").staleMs == DurationText.limitMs)
    }

    @Test(arguments: ["codex app-server", "\"codex  app-server \""])
    func `the usual command is codex in PATH`(command: String) throws {
        let settings = try load("codex: {command: \(command)}")
        #expect(settings.codexPath == nil)
        #expect(settings.notes.isEmpty)
    }

    @Test(arguments: [
        "$HOME/codex app-server", "codex app-server --x", "codex; x app-server", "'a b' app-server", "codex",
    ])
    func `a command that needs a shell is not followed`(command: String) throws {
        let settings = try load("codex:\n  command: >-\n    \(command)")
        #expect(settings.codexPath == nil)
        #expect(settings.notes.count == 1)
    }

    @Test
    func `orch's own keys win over Symphony's, wherever they stand`() throws {
        let settings = try load(
            """
            orch: {wip: 2, poll: 7s, stale: 3m, worktrees: mine}
            agent: {max_concurrent_agents: 9}
            polling: {interval_ms: 9000}
            codex: {stall_timeout_ms: 9000}
            workspace: {root: theirs}
            """
        )
        #expect(settings.wip == 2)
        #expect(settings.pollMs == 7_000)
        #expect(settings.staleMs == 180_000)
        #expect(settings.worktreesFolder == "mine")
    }

    @Test
    func `keys of others are ignored, and those that look misspelt are noted`() throws {
        let settings = try load(
            """
            server: {port: 80}
            polling: {intervall_ms: 5000, jitter: 3}
            agents: {max_turns: 1}
            """
        )
        #expect(settings.pollMs == 25_000)
        #expect(
            settings.notes == [
                "agents (line 4) is not known; did you mean `agent`?",
                "polling.intervall_ms (line 3) is not known; did you mean `polling.interval_ms`?",
            ]
        )
    }
}
