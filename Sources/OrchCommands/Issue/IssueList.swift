import ArgumentParser
import OrchCore
import OrchStore

/// `orch issue list`.
struct IssueList: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List issues",
        discussion: """
            Open ones, unless --all is given. JSON has at least number, title, labels, phase, agent, branch, worktree and \
            blocked_by of each.
            """
    )

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Only this phase: none, queued, running, review, done or stalled.", valueName: "phase")
    )
    var phase: PhaseArgument?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Only issues with this label; may be given several times.", valueName: "label")
    )
    var label: [String] = []

    @Flag(name: [.short, .long], help: "List closed issues too.")
    var all = false

    @OptionGroup var format: FormatOptions
    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        let db = try place.database(context)
        let people = format.chosen == .table
        var table = try Reports.run(.issues, ReportFilter(status: phase?.rawValue), columns: .all, db)
        table = table.keeping { issue in
            let own = Set((issue["labels"]?.arrayValue ?? []).compactMap(\.stringValue))
            return (all || issue["state"] == "open") && label.allSatisfy(own.contains)
        }
        try context.output.table(
            people ? table.only(ReportKind.issues.headline) : table,
            format.chosen,
            nothing: all || phase != nil || !label.isEmpty ? "No issues match." : "No issue is open."
        )
    }
}
