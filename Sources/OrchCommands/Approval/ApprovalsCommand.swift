import ArgumentParser
import OrchStore

/// `orch approvals`.
struct ApprovalsCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "approvals",
        abstract: "List the requests that wait for an answer",
        discussion: """
            An agent that needs more than its sandbox allows asks; `orch approve ID` or `orch deny ID` answers. A request that \
            nobody answers within its limit is declined. `orch query approvals` asks about all that ever were.
            """
    )

    @OptionGroup var format: FormatOptions
    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        try context.output.report(.approvals, ReportFilter(status: "pending"), format.chosen, place.database(context))
    }
}
