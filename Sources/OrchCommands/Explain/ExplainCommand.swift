import ArgumentParser
import OrchCore
import OrchStore

/// `orch explain N`.
struct ExplainCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why an issue is, or is not, running",
        discussion: """
            Each gate that an issue has to pass, with pass or fail, since when, what was found, and what would change it.
            """
    )

    @Argument(help: ArgumentHelp("The issue's number.", valueName: "number"), completion: .custom(Completions.issues))
    var number: IssueNumber

    @Flag(help: "Print it as JSON.")
    var json = false

    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        let answer = try Reports.explain(issue: number.value, place.database(context))
        if json { return try context.output.json(answer.json) }
        try context.output.line(SafeText.line(answer.verdict))
        guard !answer.gates.isEmpty else { return }
        try context.output.line()
        try context.output.table(answer.table.only(["gate", "pass", "since_at", "detail", "change"]), .table)
    }
}
