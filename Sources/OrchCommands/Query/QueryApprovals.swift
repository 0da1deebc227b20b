import ArgumentParser
import OrchStore

/// `orch query approvals`.
struct QueryApprovals: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "approvals",
        abstract: "Show requests for permission and who decided them",
        discussion: """
            Status: pending, approved, denied, expired (nobody answered in time) or lost (the server that asked \
            ended).
            """
    )

    @OptionGroup var report: ReportOptions

    func run(_ context: Context) async throws {
        try report.write(.approvals, context)
    }
}
