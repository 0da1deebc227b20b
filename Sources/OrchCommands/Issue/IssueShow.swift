import ArgumentParser

/// `orch issue show`.
struct IssueShow: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an issue: its charter, state and comments",
        discussion: "`orch explain` says why it is (not) running, `orch query turns --issue N` what was done."
    )

    @Argument(help: ArgumentHelp("The issue's number.", valueName: "number"), completion: .custom(Completions.issues))
    var number: IssueNumber

    @Flag(help: "Print it as JSON, with its whole text.")
    var json = false

    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        let issue = try StoredIssue.require(number.value, in: place.database(context))
        if json { return try context.output.json(issue.json) }
        try IssueSheet(issue: issue, nowMs: context.nowMs()).write(to: context.output)
    }
}
