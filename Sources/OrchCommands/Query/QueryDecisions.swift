import ArgumentParser
import OrchStore

/// `orch query decisions`.
struct QueryDecisions: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "decisions",
        abstract: "Show what the orchestrator decided, and what became of it",
        discussion: """
            One row for each control block or tool call. Status: proposed, executed, suppressed (autopilot was off), \
            refused or failed, with the reason.
            """
    )

    @OptionGroup var report: ReportOptions

    func run(_ context: Context) async throws {
        try report.write(.decisions, context)
    }
}
