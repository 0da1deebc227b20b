import OrchCore
import Settings
import Testing

struct DefaultsTests {
    @Test(arguments: [
        nil, "", "\n\n", "---\n---\n", "---\n# nothing\n---\n\n", "\u{FEFF}---\r\n---\r\n", "---\norch:\n---",
    ])
    func `without anything said the defaults are in force`(text: String?) throws {
        #expect(try SettingsLoader.load(workflowText: text) == HubSettings())
    }

    @Test
    func `all defaults are as documented`() {
        let expected: JSONValue = [
            "wip": 3, "required_labels": [],
            "labels": [
                "orchestrate": "orchestrate", "queued": "agent:queued", "running": "agent:running",
                "review": "agent:review", "done": "agent:done", "stalled": "agent:stalled",
                "pr_on_complete": "auto:pr-on-complete",
            ],
            "max_turns": 12, "max_attempts": 3, "max_continuations": 3, "retry_base_ms": 10_000,
            "retry_cap_ms": 300_000, "poll_ms": 25_000, "checkin_ms": 600_000, "budget_ms": 2_700_000,
            "tokens": nil, "orchestrator_tokens": nil, "stale_ms": 1_800_000, "nudges": 2,
            "wrap_up_grace_ms": 60_000, "debounce_ms": 3_000, "approval_limit_ms": 1_800_000,
            "turn_limit_ms": 3_600_000, "exec_limit_ms": 120_000, "on_resume_lost": "handover", "base_branch": nil,
            "worktrees": ".worktrees", "branch_prefix": "ai/",
            "hooks": [
                "after_create": nil, "before_run": nil, "after_run": nil, "before_remove": nil, "timeout_ms": 60_000,
            ],
            "model": nil, "codex_path": nil, "app_server": "socket", "request_limit_ms": 30_000,
            "prompts": [
                "orchestrator": ["from": "default"], "sub_agent": ["from": "default"], "task": ["from": "default"],
            ],
            "orchestrator": true, "autopilot": false, "dangerous": false, "mirror": false,
            "tracker": "local", "repo": nil, "github_api_url": nil, "remote": "origin", "draft_pulls": false,
            "review_rounds": 3, "status_interval_ms": 180_000, "feedback_delay_ms": 20_000, "sources": [:], "notes": [],
        ]
        #expect(HubSettings().json.canonicalText == expected.canonicalText)
    }

    @Test
    func `a key without a value keeps its default`() throws {
        #expect(try load("orch:\n  wip:\n  model: ~\n  budget: null\ntracker:\nagent: null") == HubSettings())
    }

    @Test
    func `the labels of the defaults have no problem`() {
        #expect(LabelNames().problems.isEmpty)
    }
}
