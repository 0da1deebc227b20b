package import OrchCore

/// All settings of the hub: flags over `WORKFLOW.md` over these defaults.
///
/// A value: made by `SettingsLoader`, valid as a whole, replaced as a whole when `WORKFLOW.md` changes. Times are milliseconds.
package struct HubSettings: Sendable, Hashable {
    // MARK: Scheduling

    /// Sub-agents that work at the same time.
    ///
    /// `orch wip` changes the hub's own number while it runs.
    package var wip = 3
    /// Labels that an issue must have besides.
    package var requiredLabels: [String] = []
    package var labels = LabelNames()
    /// Turns of an agent before it is called stalled.
    package var maxTurns = 12
    /// Attempts at an issue before it is called stalled.
    package var maxAttempts = 3
    /// Continuations of cut-off turns in a row before an agent waits for a person.
    package var maxContinuations = 3
    /// The first wait before another attempt.
    package var retryBaseMs: Int64 = 10_000
    /// The longest wait before another attempt.
    package var retryCapMs: Int64 = 300_000
    /// How often a tracker is asked.
    package var pollMs: Int64 = 25_000

    // MARK: GitHub

    /// Where the issues are.
    package var tracker: TrackerKind = .local
    /// `owner/name`; nil for the one that the git remote names.
    package var repository: String?
    /// The address of GitHub's API; nil for github.com, or that of `GH_HOST`.
    package var apiURL: String?
    /// The git remote that branches begin from and are pushed to.
    package var remoteName = "origin"
    /// Whether pull requests begin as drafts.
    package var draftPulls = false
    /// How often feedback on one pull request is given back to its agent.
    package var reviewRounds = 3
    /// How often the status comment of a working agent is written anew; changes of state are shown at once.
    package var statusMs: Int64 = 180_000
    /// How long feedback on a pull request is gathered before it is given.
    package var feedbackDelayMs: Int64 = 20_000

    // MARK: Supervision

    package var checkinMs: Int64 = 600_000
    package var budgetMs: Int64 = 2_700_000
    /// The most tokens of an agent; nil for no limit.
    package var tokensMax: Int64?
    /// The most tokens of the orchestrator; nil for no limit.
    package var orchestratorTokens: Int64?
    package var staleMs: Int64 = 1_800_000
    package var nudges = 2
    package var wrapUpGraceMs: Int64 = 60_000
    /// How long facts are gathered before the orchestrator is woken.
    package var debounceMs: Int64 = 3_000
    /// How long an approval waits for a person before it is declined.
    package var approvalLimitMs: Int64 = 1_800_000
    /// How long one turn may take.
    package var turnLimitMs: Int64 = 3_600_000
    /// How long the orchestrator's `exec` may take.
    package var execLimitMs: Int64 = 120_000
    package var onResumeLost: ResumeLostPolicy = .handover

    // MARK: Git

    /// Where agents begin; nil for the branch that the main worktree is on.
    package var baseBranch: String?
    /// From the repository's root, or absolute.
    package var worktreesFolder = ".worktrees"
    /// With the slash at its end.
    package var branchPrefix = "ai/"
    package var hooks = HookSettings()

    // MARK: Codex

    /// nil for Codex's own.
    package var model: String?
    /// nil for `codex` in `PATH`.
    package var codexPath: String?
    package var appServer: AppServerMode = .socket
    /// How long a request to the app-server may take.
    package var requestLimitMs: Int64 = 30_000
    package var prompts = PromptSettings()

    // MARK: The hub

    package var orchestrator = true
    /// At the start; `orch autopilot` changes the hub's own while it runs.
    package var autopilot = false
    /// Only ever from a flag.
    package var dangerous = false
    /// Whether `.orch/state.jsonl` is kept.
    package var mirror = false

    // MARK: About these settings

    /// Where values that are no defaults came from, by the name of the key below `orch:`.
    package var sources: [String: SettingSource] = [:]
    /// What was read and is not followed, in words, for status and doctor.
    package var notes: [String] = []

    /// The defaults.
    package init() {}
}
