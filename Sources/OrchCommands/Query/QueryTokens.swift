import ArgumentParser
import OrchStore

/// `orch query tokens`.
struct QueryTokens: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens",
        abstract: "Show tokens used, by agent and day",
        discussion: """
            A turn whose tokens Codex did not tell counts as unmeasured, not as 0.
            """
    )

    @OptionGroup var report: ReportOptions

    func run(_ context: Context) async throws {
        try report.write(.tokens, context)
    }
}
