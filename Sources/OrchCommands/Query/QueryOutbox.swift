import ArgumentParser
import OrchStore

/// `orch query outbox`.
struct QueryOutbox: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox",
        abstract: "Show effects on the world and whether they were done",
        discussion: """
            Each is a row before it is done: worktrees, turns, labels, comments.
            """
    )

    @OptionGroup var report: ReportOptions

    func run(_ context: Context) async throws {
        try report.write(.outbox, context)
    }
}
