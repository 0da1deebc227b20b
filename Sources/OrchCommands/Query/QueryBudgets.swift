import ArgumentParser
import OrchStore

/// `orch query budgets`.
struct QueryBudgets: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "budgets",
        abstract: "Show what each agent may spend, and what is left",
        discussion: """
            Worked time: while the hub or the machine was down nothing is charged.
            """
    )

    @OptionGroup var report: ReportOptions

    func run(_ context: Context) async throws {
        try report.write(.budgets, context)
    }
}
