import ArgumentParser
import OrchStore

/// `orch query stalls`.
struct QueryStalls: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "stalls",
        abstract: "Show who is stalled, since when, why, and what was tried",
        discussion: """
            Agents and issues that need somebody.
            """
    )

    @OptionGroup var report: ReportOptions

    func run(_ context: Context) async throws {
        try report.write(.stalls, context)
    }
}
