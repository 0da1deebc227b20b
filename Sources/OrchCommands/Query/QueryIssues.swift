import ArgumentParser
import OrchStore

/// `orch query issues`.
struct QueryIssues: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "issues",
        abstract: "Show issues, their phase, branch and blockers",
        discussion: """
            JSON has at least number, title, labels, phase, agent, branch, worktree and blocked_by.
            """
    )

    @OptionGroup var report: ReportOptions

    func run(_ context: Context) async throws {
        try report.write(.issues, context)
    }
}
