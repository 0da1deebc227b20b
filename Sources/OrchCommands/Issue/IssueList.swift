import ArgumentParser
import OrchCore
import OrchStore
import SQLite
import Settings

/// `orch issue list`.
struct IssueList: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List issues",
        discussion: """
            Open ones, unless --all is given. JSON has at least number, title, labels, phase, agent, branch, worktree and \
            blocked_by of each.

            Issues of GitHub are listed as the hub saw them last: those that have, or had, the label orchestrate.
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
        try tellOfAge(db, context)
        try context.output.table(
            people ? table.only(ReportKind.issues.headline) : table,
            format.chosen,
            nothing: all || phase != nil || !label.isEmpty ? "No issues match." : "No issue is open."
        )
    }

    /// How old a mirror is, when nobody keeps it up to date.
    private func tellOfAge(_ db: Connection, _ context: Context) throws {
        let tracker = try HubTables(db).tracker.get()
        guard tracker.kind == TrackerKind.github.rawValue else { return }
        let name = tracker.repository ?? "GitHub"
        guard let polled = tracker.polledAtMs else {
            return context.output.note("Note: \(name) was never looked at: `orch daemon` does that.")
        }
        guard context.nowMs() - polled > 300_000 else { return }
        context.output.note(
            "Note: as \(name) was \(TimeText.ago(polled, nowMs: context.nowMs())); `orch daemon` keeps up."
        )
    }
}
