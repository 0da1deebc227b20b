import ArgumentParser
import OrchStore

/// `orch query agents`.
struct QueryAgents: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents",
        abstract: "Show agents, their state and what they used",
        discussion: """
            All that ever were; --status live lists those that are alive. JSON has at least name, issue, state, \
            thread, worked_ms, budget_ms and tokens.
            """
    )

    @OptionGroup var report: ReportOptions

    func run(_ context: Context) async throws {
        try report.write(.agents, context)
    }
}
