package import OrchCore

extension HubSettings {
    /// The settings in force, for the hub's row, `orch status` and `orch doctor`: keys as below `orch:`, times in milliseconds.
    ///
    /// Prompts are only told by where they come from and their size.
    package var json: JSONValue {
        [
            "wip": .number(wip), "required_labels": .array(requiredLabels.map { .string($0) }), "labels": labelsJSON,
            "max_turns": .number(maxTurns), "max_attempts": .number(maxAttempts),
            "max_continuations": .number(maxContinuations),
            "retry_base_ms": .integer(retryBaseMs), "retry_cap_ms": .integer(retryCapMs), "poll_ms": .integer(pollMs),
            "checkin_ms": .integer(checkinMs), "budget_ms": .integer(budgetMs), "tokens": .number(tokensMax),
            "orchestrator_tokens": .number(orchestratorTokens), "stale_ms": .integer(staleMs),
            "nudges": .number(nudges),
            "wrap_up_grace_ms": .integer(wrapUpGraceMs), "debounce_ms": .integer(debounceMs),
            "approval_limit_ms": .integer(approvalLimitMs), "turn_limit_ms": .integer(turnLimitMs),
            "exec_limit_ms": .integer(execLimitMs),
            "on_resume_lost": .string(onResumeLost.rawValue), "base_branch": .text(baseBranch),
            "worktrees": .string(worktreesFolder),
            "branch_prefix": .string(branchPrefix), "hooks": hooksJSON, "model": .text(model),
            "codex_path": .text(codexPath),
            "app_server": .string(appServer.rawValue), "request_limit_ms": .integer(requestLimitMs),
            "prompts": promptsJSON,
            "orchestrator": .bool(orchestrator), "autopilot": .bool(autopilot), "dangerous": .bool(dangerous),
            "mirror": .bool(mirror),
            "tracker": .string(tracker.rawValue), "repo": .text(repository), "github_api_url": .text(apiURL),
            "remote": .string(remoteName), "draft_pulls": .bool(draftPulls), "review_rounds": .number(reviewRounds),
            "status_interval_ms": .integer(statusMs), "feedback_delay_ms": .integer(feedbackDelayMs),
            "sources": .object(sources.mapValues { .string($0.rawValue) }), "notes": .array(notes.map { .string($0) }),
        ]
    }

    private var labelsJSON: JSONValue {
        [
            "orchestrate": .string(labels.orchestrate), "queued": .string(labels.queued),
            "running": .string(labels.running),
            "review": .string(labels.review), "done": .string(labels.done), "stalled": .string(labels.stalled),
            "pr_on_complete": .string(labels.prOnComplete),
        ]
    }

    private var hooksJSON: JSONValue {
        [
            "after_create": .text(hooks.afterCreate), "before_run": .text(hooks.beforeRun),
            "after_run": .text(hooks.afterRun),
            "before_remove": .text(hooks.beforeRemove), "timeout_ms": .integer(hooks.timeoutMs),
        ]
    }

    private var promptsJSON: JSONValue {
        func told(_ prompt: String?) -> JSONValue {
            prompt.map { ["from": "WORKFLOW.md", "bytes": .number($0.utf8.count)] } ?? ["from": "default"]
        }
        return [
            "orchestrator": told(prompts.orchestrator), "sub_agent": told(prompts.subAgent), "task": told(prompts.task),
        ]
    }
}
