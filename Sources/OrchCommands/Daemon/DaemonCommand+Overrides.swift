import Settings

extension DaemonCommand {
    /// What the flags say; nil where one was not given.
    func overrides(_ context: Context) -> SettingsOverrides {
        var overrides = SettingsOverrides()
        overrides.wip = agents.wip
        overrides.checkinMs = agents.checkin
        overrides.budgetMs = agents.budget
        overrides.tokensMax = agents.tokens.map { Int64($0) }
        overrides.model = codex.model
        // A path is meant from where the person is; a bare name is looked up on the PATH.
        overrides.codexPath = codex.codexPath.map { $0.contains("/") ? context.absolute($0) : $0 }
        overrides.appServer = codex.appServer.flatMap { AppServerMode(rawValue: $0.rawValue) }
        overrides.dangerous = decisions.dangerous
        overrides.autopilot = decisions.autopilot.map { $0 == .autopilotOn }
        overrides.orchestrator = decisions.noOrchestrator ? false : nil
        overrides.repository = tracker.repo
        overrides.apiURL = tracker.githubApiUrl
        overrides.pollMs = tracker.pollSecs.map { Int64($0).multipliedReportingOverflow(by: 1_000).partialValue }
        overrides.staleMs = tracker.staleMinutes.map { Int64($0).multipliedReportingOverflow(by: 60_000).partialValue }
        overrides.mirror = logs.mirror ? true : nil
        return overrides
    }
}
