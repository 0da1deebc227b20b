import ArgumentParser
import OrchStore

/// `orch query events`.
struct QueryEvents: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Show the log of everything that happened",
        discussion: """
            --status takes a kind (turn.completed) or its noun (turn). JSON has at least seq, at and kind. orch \
            follow streams them live.
            """
    )

    @OptionGroup var report: ReportOptions

    func run(_ context: Context) async throws {
        try report.write(.events, context)
    }
}
