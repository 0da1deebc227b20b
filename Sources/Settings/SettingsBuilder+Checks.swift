import OrchCore

extension SettingsBuilder {
    /// Reads the Markdown body as the template of an agent's task.
    mutating func readTask(_ workflow: WorkflowText) {
        guard !workflow.body.isEmpty else { return }
        settings.prompts.task = workflow.body
        settings.sources["task"] = .workflow
        checkTemplate(workflow.body, PromptSamples.agent, key: "", line: workflow.bodyLine, isBody: true)
    }

    /// Tries a template, so that an unknown variable fails now and not when an agent starts: all its branches with the first sample, and
    /// the text that it makes of each.
    mutating func checkTemplate(_ text: String, _ samples: [[String: JSONValue]], key: String, line: Int, isBody: Bool)
    {
        do {
            if let full = samples.first { try Template.check(text, variables: full) }
            for sample in samples { _ = try Template.render(text, variables: sample) }
        } catch {
            reader.problems.append(
                SettingsProblem(
                    code: .template,
                    key: key,
                    line: isBody ? line + error.line - 1 : line,
                    text: isBody
                        ? "the task's template can't be rendered: \(error.message)"
                        : "can't be rendered: in its line \(error.line), \(error.message)"
                )
            )
        }
    }

    /// Puts the flags over everything else.
    mutating func apply(_ flags: SettingsOverrides) {
        if let wip = flag(flags.wip, "--wip", in: 0...1_000) { settings.wip = wip }
        let durations: ClosedRange<Int64> = 1...DurationText.limitMs
        if let checkin = flag(flags.checkinMs, "--checkin", in: durations, shown: DurationText.format) {
            settings.checkinMs = checkin
        }
        if let budget = flag(flags.budgetMs, "--budget", in: durations, shown: DurationText.format) {
            settings.budgetMs = budget
        }
        if let tokens = flag(flags.tokensMax, "--tokens", in: 1...1_000_000_000_000_000) { settings.tokensMax = tokens }
        if let model = flag(flags.model, "--model") { settings.model = model }
        if let path = flag(flags.codexPath, "--codex-path") { settings.codexPath = path }
        settings.appServer = flags.appServer ?? settings.appServer
        settings.dangerous = flags.dangerous ?? settings.dangerous
        settings.autopilot = flags.autopilot ?? settings.autopilot
        settings.orchestrator = flags.orchestrator ?? settings.orchestrator
        settings.mirror = flags.mirror ?? settings.mirror
        settings.tracker = flags.tracker ?? (flags.repository == nil ? settings.tracker : .github)
        if let name = flag(flags.repository, "--repo") { settings.repository = name }
        if let url = flag(flags.apiURL, "--github-api-url") { settings.apiURL = url }
        if let poll = flag(flags.pollMs, "--poll-secs", in: 1_000...86_400_000, shown: DurationText.format) {
            settings.pollMs = poll
        }
        if let stale = flag(flags.staleMs, "--stale-minutes", in: durations, shown: DurationText.format) {
            settings.staleMs = stale
        }
        let given: [(String, Bool)] = [
            ("wip", flags.wip != nil), ("checkin", flags.checkinMs != nil), ("budget", flags.budgetMs != nil),
            ("tokens", flags.tokensMax != nil), ("model", flags.model != nil), ("codex_path", flags.codexPath != nil),
            ("app_server", flags.appServer != nil), ("dangerous", flags.dangerous != nil),
            ("autopilot", flags.autopilot != nil),
            ("orchestrator", flags.orchestrator != nil), ("mirror", flags.mirror != nil),
            ("tracker", flags.tracker != nil || flags.repository != nil), ("repo", flags.repository != nil),
            ("github_api_url", flags.apiURL != nil), ("poll", flags.pollMs != nil), ("stale", flags.staleMs != nil),
        ]
        for (name, isGiven) in given where isGiven { settings.sources[name] = .flag }
    }

    private mutating func flag<T: FixedWidthInteger>(
        _ value: T?,
        _ name: String,
        in range: ClosedRange<T>,
        shown: (T) -> String = { "\($0)" }
    ) -> T? {
        guard let value else { return nil }
        if range.contains(value) { return value }
        reader.problems.append(
            SettingsProblem(
                code: .wrongValue,
                key: name,
                line: nil,
                text: "must be from \(shown(range.lowerBound)) to \(shown(range.upperBound)), and is \(shown(value))"
            )
        )
        return nil
    }

    private mutating func flag(_ value: String?, _ name: String) -> String? {
        guard let value else { return nil }
        if !value.allSatisfy(\.isWhitespace), value.utf8.count <= 4_000 { return value }
        reader.problems.append(SettingsProblem(code: .wrongValue, key: name, line: nil, text: "must not be empty"))
        return nil
    }

    /// Checks values that must go together.
    mutating func check() {
        if settings.retryCapMs < settings.retryBaseMs {
            reader.problems.append(
                SettingsProblem(
                    code: .contradiction,
                    key: "orch.retry_cap",
                    line: lines["retry_cap"] ?? lines["retry_base"],
                    text: "must not be less than orch.retry_base (\(DurationText.format(settings.retryBaseMs))), "
                        + "and is `\(DurationText.format(settings.retryCapMs))`"
                )
            )
        }
    }
}
