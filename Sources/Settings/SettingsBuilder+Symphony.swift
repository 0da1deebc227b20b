import OrchCore

extension SettingsBuilder {
    private static let topKeys = ["tracker", "polling", "workspace", "hooks", "agent", "codex", "orch"]
    private static let milliseconds: ClosedRange<Int64> = 1...DurationText.limitMs

    /// Reads the keys of the Symphony specification (SPEC.md, section 5.3).
    ///
    /// Keys that it does not know are ignored, as it asks.
    mutating func readSymphony(_ root: ConfigSection) {
        reader.noteMisspelt(root, known: Self.topKeys)
        if let tracker = reader.section(root, "tracker") { readTracker(tracker) }
        if let polling = reader.section(root, "polling") {
            reader.noteMisspelt(polling, known: ["interval_ms"])
            take(
                reader.integer(polling, "interval_ms", in: 1_000...86_400_000),
                \.pollMs,
                as: "poll",
                from: polling,
                "interval_ms"
            )
        }
        if let workspace = reader.section(root, "workspace") {
            reader.noteMisspelt(workspace, known: ["root"])
            take(folder(workspace, "root"), \.worktreesFolder, as: "worktrees", from: workspace, "root")
        }
        if let hooks = reader.section(root, "hooks") { readHooks(hooks) }
        if let agent = reader.section(root, "agent") { readAgent(agent) }
        if let codex = reader.section(root, "codex") { readCodex(codex) }
    }

    private mutating func readTracker(_ tracker: ConfigSection) {
        reader.noteMisspelt(
            tracker,
            known: ["kind", "provider", "repo", "required_labels", "active_states", "terminal_states"]
        )
        if let kind = reader.text(tracker, "kind", limit: 100) {
            if let known = TrackerKind(rawValue: kind) {
                take(known, \.tracker, as: "tracker", from: tracker, "kind")
            } else {
                reader.notes.append(
                    "tracker.kind `\(SafeText.line(kind))` is not followed: this orch works on its own issues (`orch issue`)"
                )
            }
        }
        take(reader.text(tracker, "repo", limit: 200), \.repository, as: "repo", from: tracker, "repo")
        take(
            reader.texts(tracker, "required_labels"),
            \.requiredLabels,
            as: "required_labels",
            from: tracker,
            "required_labels"
        )
        for key in ["active_states", "terminal_states"] where tracker[key] != nil {
            reader.notes.append("tracker.\(key) is not followed: orch's labels are the states")
        }
    }

    private mutating func readHooks(_ hooks: ConfigSection) {
        let names = ["after_create", "before_run", "after_run", "before_remove"]
        reader.noteMisspelt(hooks, known: names + ["timeout_ms"])
        let fields: [WritableKeyPath<HubSettings, String?>] = [
            \.hooks.afterCreate, \.hooks.beforeRun, \.hooks.afterRun, \.hooks.beforeRemove,
        ]
        for (name, field) in zip(names, fields) {
            take(reader.text(hooks, name, limit: 64 << 10), field, as: "hooks", from: hooks, name)
        }
        take(
            reader.integer(hooks, "timeout_ms", in: 1...86_400_000),
            \.hooks.timeoutMs,
            as: "hooks",
            from: hooks,
            "timeout_ms"
        )
    }

    private mutating func readAgent(_ agent: ConfigSection) {
        reader.noteMisspelt(
            agent,
            known: ["max_concurrent_agents", "max_turns", "max_retry_backoff_ms", "max_concurrent_agents_by_state"]
        )
        take(
            reader.integer(agent, "max_concurrent_agents", in: 1...1_000),
            \.wip,
            as: "wip",
            from: agent,
            "max_concurrent_agents"
        )
        take(reader.integer(agent, "max_turns", in: 1...10_000), \.maxTurns, as: "max_turns", from: agent, "max_turns")
        take(
            reader.integer(agent, "max_retry_backoff_ms", in: Self.milliseconds),
            \.retryCapMs,
            as: "retry_cap",
            from: agent,
            "max_retry_backoff_ms"
        )
        if agent["max_concurrent_agents_by_state"] != nil {
            reader.notes.append("agent.max_concurrent_agents_by_state is not followed: orch has one limit, `orch.wip`")
        }
    }

    private mutating func readCodex(_ codex: ConfigSection) {
        let passed = ["approval_policy", "thread_sandbox", "turn_sandbox_policy"]
        reader.noteMisspelt(
            codex,
            known: passed + ["command", "turn_timeout_ms", "read_timeout_ms", "stall_timeout_ms"]
        )
        readCommand(codex)
        for key in passed where codex[key] != nil {
            reader.notes.append(
                "codex.\(key) is not followed: orch decides on sandbox and approvals itself (`--dangerous`, `orch autopilot`)"
            )
        }
        take(
            reader.integer(codex, "turn_timeout_ms", in: Self.milliseconds),
            \.turnLimitMs,
            as: "turn_limit",
            from: codex,
            "turn_timeout_ms"
        )
        take(
            reader.integer(codex, "read_timeout_ms", in: 1...86_400_000),
            \.requestLimitMs,
            as: "request_limit",
            from: codex,
            "read_timeout_ms"
        )
        if let stall: Int64 = reader.integer(
            codex,
            "stall_timeout_ms",
            in: -DurationText.limitMs...DurationText.limitMs
        ) {
            // Nothing or less switches the watch off.
            take(stall > 0 ? stall : DurationText.limitMs, \.staleMs, as: "stale", from: codex, "stall_timeout_ms")
        }
    }

    /// `codex app-server` with another program is followed; anything else is a shell's, and orch starts no shell.
    private mutating func readCommand(_ codex: ConfigSection) {
        guard let command = reader.text(codex, "command", limit: 4_000) else { return }
        let words = command.split(whereSeparator: \.isWhitespace).map(String.init)
        let isPlain = command.unicodeScalars.allSatisfy { !"'\"\\$`&|;<>()*?~#\n".unicodeScalars.contains($0) }
        if words.count == 2, words[1] == "app-server", isPlain {
            if words[0] != "codex" { take(words[0], \.codexPath, as: "codex_path", from: codex, "command") }
        } else {
            reader.notes.append(
                "codex.command `\(SafeText.line(Clip.characters(command, 80)))` is not followed: orch starts the app-server itself (`orch.codex_path`)"
            )
        }
    }
}
