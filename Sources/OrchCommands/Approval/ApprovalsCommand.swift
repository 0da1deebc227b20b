import ArgumentParser
import OrchCore
import OrchStore

/// `orch approvals`.
struct ApprovalsCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "approvals",
        abstract: "Show the requests that wait for an answer, or one of them whole",
        discussion: """
            An agent that needs more than its sandbox allows asks; `orch approve ID` or `orch deny ID` answers. A request that \
            nobody answers within its limit is declined. `orch query approvals` asks about all that ever were.
            """
    )

    @Argument(
        help: ArgumentHelp("Only this one, answered or not, with all that Codex said of it.", valueName: "id"),
        completion: .custom(Completions.approvals)
    )
    var id: Int64?

    @OptionGroup var format: FormatOptions
    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        let db = try place.database(context)
        var table = try Reports.run(.approvals, ReportFilter(status: id == nil ? "pending" : nil), db)
        if let id {
            table = table.keeping { $0["id"]?.intValue == id }
            guard !table.rows.isEmpty else { throw CommandError.noApproval(id) }
        }
        guard format.chosen == .table else { return try context.output.table(table, format.chosen) }
        if format.format == .table {
            return try context.output.table(table.only(ReportKind.approvals.headline), .table)
        }
        for (index, request) in table.objects.enumerated() {
            if index > 0 { try context.output.line() }
            try ApprovalSheet(request: request, nowMs: context.nowMs(), isWhole: id != nil).write(to: context.output)
        }
        if table.rows.isEmpty { context.output.note("Nothing waits for an answer.") }
    }
}
