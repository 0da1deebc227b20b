import ArgumentParser
import Hub
import OrchCore
import OrchStore

/// `orch explain N`.
struct ExplainCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why an issue is, or is not, running",
        discussion: """
            Each gate that an issue has to pass, with pass or fail, since when, what was found, and what would change it. Any \
            issue can be asked about, and no daemon is needed.
            """
    )

    @Argument(help: ArgumentHelp("The issue's number.", valueName: "number"), completion: .custom(Completions.issues))
    var number: IssueNumber

    @Flag(help: "Print it as JSON.")
    var json = false

    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        let folder = try place.folder(context)
        let db = try place.database(context)
        // Where the settings can't be read, the names that orch brings along are the best guess.
        let labels = (try? await RepositorySettings.labels(folder, place, context)) ?? LabelNames()
        var answer = try Reports.explain(issue: number.value, labels: labels, nowMs: context.nowMs(), db)
        answer.isHubRunning = HubPresence.daemon(folder) != nil
        if json { return try context.output.json(answer.json) }
        try context.output.line(SafeText.line(answer.verdict))
        try context.output.line()
        try context.output.table(answer.table.only(["gate", "pass", "since_at", "detail", "change"]), .table)
    }
}
