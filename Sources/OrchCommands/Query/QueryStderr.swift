import ArgumentParser
import OrchStore

/// `orch query stderr`.
struct QueryStderr: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "stderr",
        abstract: "Show what the app-server wrote to its standard error, of late",
        discussion: """
            The last lines are kept, without secrets. orch stderr is shorter.
            """
    )

    @OptionGroup var report: ReportOptions

    func run(_ context: Context) async throws {
        try report.write(.stderr, context)
    }
}
