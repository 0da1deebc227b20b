import ArgumentParser
import OrchStore

/// `orch query timeline`.
struct QueryTimeline: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline",
        abstract: "Show what happened, in words, in order",
        discussion: """
            Turns, decisions, phases and approvals of an issue or an agent, or of all.
            """
    )

    @OptionGroup var report: ReportOptions

    func run(_ context: Context) async throws {
        try report.write(.timeline, context)
    }
}
