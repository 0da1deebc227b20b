import ArgumentParser
import OrchStore

/// `orch query artifacts`.
struct QueryArtifacts: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "artifacts",
        abstract: "Show reports, logs and diffs that were stored",
        discussion: """
            Read one with orch artifact show or cat. JSON has at least id, kind, size and agent.
            """
    )

    @OptionGroup var report: ReportOptions

    func run(_ context: Context) async throws {
        try report.write(.artifacts, context)
    }
}
