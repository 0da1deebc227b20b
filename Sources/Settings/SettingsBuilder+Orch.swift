import OrchCore

extension SettingsBuilder {
    private static let keys = [
        "wip", "required_labels", "labels", "max_turns", "max_attempts", "max_continuations", "retry_base", "retry_cap",
        "poll", "checkin",
        "budget", "tokens", "orchestrator_tokens", "stale", "nudges", "wrap_up_grace", "debounce", "approval_limit",
        "turn_limit",
        "exec_limit", "on_resume_lost", "base_branch", "worktrees", "branch_prefix", "model", "codex_path",
        "app_server",
        "request_limit", "prompts", "orchestrator", "autopilot", "mirror",
        "tracker", "repo", "github_api_url", "remote", "draft_pulls", "review_rounds", "status_interval",
        "feedback_delay",
    ]
    private static let labelKeys = ["orchestrate", "queued", "running", "review", "done", "stalled", "pr_on_complete"]
    private static let promptKeys = ["orchestrator", "sub_agent"]
    private static let tokenRange: ClosedRange<Int64> = 1...1_000_000_000_000_000
    private static let durations: ClosedRange<Int64> = 1...DurationText.limitMs
    private static let durationsOrNone: ClosedRange<Int64> = 0...DurationText.limitMs
    /// Sleeping tasks and sockets of the machine have their own limits: a day is far above any use.
    private static let waits: ClosedRange<Int64> = 1...86_400_000

    /// Reads orch's own keys.
    mutating func readOrch(_ orch: ConfigSection) {
        refuseFlagsOnly(orch)
        reader.refuseUnknown(orch, known: Self.keys + ["dangerous"], what: "setting")
        readScheduling(orch)
        readSupervision(orch)
        readGit(orch)
        readGitHub(orch)
        take(reader.text(orch, "model", limit: 200), \.model, as: "model", from: orch, "model")
        take(reader.text(orch, "codex_path", limit: 4_000), \.codexPath, as: "codex_path", from: orch, "codex_path")
        take(reader.choice(orch, "app_server"), \.appServer, as: "app_server", from: orch, "app_server")
        take(
            reader.duration(orch, "request_limit", in: Self.waits),
            \.requestLimitMs,
            as: "request_limit",
            from: orch,
            "request_limit"
        )
        take(reader.flag(orch, "orchestrator"), \.orchestrator, as: "orchestrator", from: orch, "orchestrator")
        take(reader.flag(orch, "autopilot"), \.autopilot, as: "autopilot", from: orch, "autopilot")
        take(reader.flag(orch, "mirror"), \.mirror, as: "mirror", from: orch, "mirror")
        readLabels(orch)
        readPrompts(orch)
    }

    /// What takes the sandbox away is said by the person who starts the daemon, never by a file of the repository.
    private mutating func refuseFlagsOnly(_ orch: ConfigSection) {
        guard let node = orch["dangerous"] else { return }
        reader.wrong(
            orch,
            "dangerous",
            node,
            "must not be set in a file: only `orch daemon --dangerous` takes the sandbox away"
        )
    }

    private mutating func readScheduling(_ orch: ConfigSection) {
        take(reader.integer(orch, "wip", in: 0...1_000), \.wip, as: "wip", from: orch, "wip")
        take(
            reader.texts(orch, "required_labels"),
            \.requiredLabels,
            as: "required_labels",
            from: orch,
            "required_labels"
        )
        take(reader.integer(orch, "max_turns", in: 1...10_000), \.maxTurns, as: "max_turns", from: orch, "max_turns")
        take(
            reader.integer(orch, "max_attempts", in: 1...100),
            \.maxAttempts,
            as: "max_attempts",
            from: orch,
            "max_attempts"
        )
        take(
            reader.integer(orch, "max_continuations", in: 1...100),
            \.maxContinuations,
            as: "max_continuations",
            from: orch,
            "max_continuations"
        )
        take(
            reader.duration(orch, "retry_base", in: Self.durations),
            \.retryBaseMs,
            as: "retry_base",
            from: orch,
            "retry_base"
        )
        take(
            reader.duration(orch, "retry_cap", in: Self.durations),
            \.retryCapMs,
            as: "retry_cap",
            from: orch,
            "retry_cap"
        )
        take(reader.duration(orch, "poll", in: 1_000...86_400_000), \.pollMs, as: "poll", from: orch, "poll")
    }

    private mutating func readSupervision(_ orch: ConfigSection) {
        take(reader.duration(orch, "checkin", in: Self.durations), \.checkinMs, as: "checkin", from: orch, "checkin")
        take(reader.duration(orch, "budget", in: Self.durations), \.budgetMs, as: "budget", from: orch, "budget")
        take(reader.integer(orch, "tokens", in: Self.tokenRange), \.tokensMax, as: "tokens", from: orch, "tokens")
        take(
            reader.integer(orch, "orchestrator_tokens", in: Self.tokenRange),
            \.orchestratorTokens,
            as: "orchestrator_tokens",
            from: orch,
            "orchestrator_tokens"
        )
        take(reader.duration(orch, "stale", in: Self.durations), \.staleMs, as: "stale", from: orch, "stale")
        take(reader.integer(orch, "nudges", in: 0...100), \.nudges, as: "nudges", from: orch, "nudges")
        take(
            reader.duration(orch, "wrap_up_grace", in: Self.durationsOrNone),
            \.wrapUpGraceMs,
            as: "wrap_up_grace",
            from: orch,
            "wrap_up_grace"
        )
        take(
            reader.duration(orch, "debounce", in: Self.durationsOrNone),
            \.debounceMs,
            as: "debounce",
            from: orch,
            "debounce"
        )
        take(
            reader.duration(orch, "approval_limit", in: Self.durations),
            \.approvalLimitMs,
            as: "approval_limit",
            from: orch,
            "approval_limit"
        )
        take(
            reader.duration(orch, "turn_limit", in: Self.durations),
            \.turnLimitMs,
            as: "turn_limit",
            from: orch,
            "turn_limit"
        )
        take(
            reader.duration(orch, "exec_limit", in: Self.waits),
            \.execLimitMs,
            as: "exec_limit",
            from: orch,
            "exec_limit"
        )
        take(reader.choice(orch, "on_resume_lost"), \.onResumeLost, as: "on_resume_lost", from: orch, "on_resume_lost")
    }

    private mutating func readGit(_ orch: ConfigSection) {
        if let branch = reader.text(orch, "base_branch", limit: 200), let node = orch["base_branch"] {
            if BranchRules.isName(branch) {
                take(branch, \.baseBranch, as: "base_branch", from: orch, "base_branch")
            } else {
                reader.wrong(orch, "base_branch", node, "must be the name of a branch as git takes it")
            }
        }
        take(folder(orch, "worktrees"), \.worktreesFolder, as: "worktrees", from: orch, "worktrees")
        if let prefix = reader.text(orch, "branch_prefix", limit: 60), let node = orch["branch_prefix"] {
            if prefix.hasSuffix("/"), BranchRules.isName(prefix + "x") {
                take(prefix, \.branchPrefix, as: "branch_prefix", from: orch, "branch_prefix")
            } else {
                // An agent's sandbox opens the folder of its branch: without one it would be that of all branches.
                reader.wrong(orch, "branch_prefix", node, "must begin branch names as git takes them, and end with `/`")
            }
        }
    }

    private mutating func readGitHub(_ orch: ConfigSection) {
        take(reader.choice(orch, "tracker"), \.tracker, as: "tracker", from: orch, "tracker")
        take(reader.text(orch, "repo", limit: 200), \.repository, as: "repo", from: orch, "repo")
        take(
            reader.text(orch, "github_api_url", limit: 500),
            \.apiURL,
            as: "github_api_url",
            from: orch,
            "github_api_url"
        )
        take(reader.text(orch, "remote", limit: 200), \.remoteName, as: "remote", from: orch, "remote")
        take(reader.flag(orch, "draft_pulls"), \.draftPulls, as: "draft_pulls", from: orch, "draft_pulls")
        take(
            reader.integer(orch, "review_rounds", in: 0...1_000),
            \.reviewRounds,
            as: "review_rounds",
            from: orch,
            "review_rounds"
        )
        take(
            reader.duration(orch, "status_interval", in: 10_000...DurationText.limitMs),
            \.statusMs,
            as: "status_interval",
            from: orch,
            "status_interval"
        )
        take(
            reader.duration(orch, "feedback_delay", in: Self.durationsOrNone),
            \.feedbackDelayMs,
            as: "feedback_delay",
            from: orch,
            "feedback_delay"
        )
    }

    private mutating func readLabels(_ orch: ConfigSection) {
        guard let labels = reader.section(orch, "labels") else { return }
        reader.refuseUnknown(labels, known: Self.labelKeys, what: "label of the hub")
        take(
            reader.text(labels, "orchestrate", limit: 200),
            \.labels.orchestrate,
            as: "labels",
            from: labels,
            "orchestrate"
        )
        take(reader.text(labels, "queued", limit: 200), \.labels.queued, as: "labels", from: labels, "queued")
        take(reader.text(labels, "running", limit: 200), \.labels.running, as: "labels", from: labels, "running")
        take(reader.text(labels, "review", limit: 200), \.labels.review, as: "labels", from: labels, "review")
        take(reader.text(labels, "done", limit: 200), \.labels.done, as: "labels", from: labels, "done")
        take(reader.text(labels, "stalled", limit: 200), \.labels.stalled, as: "labels", from: labels, "stalled")
        take(
            reader.text(labels, "pr_on_complete", limit: 200),
            \.labels.prOnComplete,
            as: "labels",
            from: labels,
            "pr_on_complete"
        )
        let line = orch["labels"]?.line
        for problem in settings.labels.problems {
            reader.problems.append(
                SettingsProblem(code: .contradiction, key: "orch.labels", line: line, text: "can't be used: \(problem)")
            )
        }
    }

    private mutating func readPrompts(_ orch: ConfigSection) {
        guard let prompts = reader.section(orch, "prompts") else { return }
        reader.refuseUnknown(prompts, known: Self.promptKeys, what: "prompt")
        readPrompt(prompts, "orchestrator", \.prompts.orchestrator, PromptSamples.orchestrator)
        readPrompt(prompts, "sub_agent", \.prompts.subAgent, PromptSamples.agent)
    }

    private mutating func readPrompt(
        _ prompts: ConfigSection,
        _ key: String,
        _ field: WritableKeyPath<HubSettings, String?>,
        _ samples: [[String: JSONValue]]
    ) {
        guard let text = reader.text(prompts, key, limit: 256 << 10), let node = prompts[key] else { return }
        take(text, field, as: "prompts", from: prompts, key)
        checkTemplate(text, samples, key: prompts.name(of: key), line: node.line, isBody: false)
    }
}
