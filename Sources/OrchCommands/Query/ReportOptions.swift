import ArgumentParser
import OrchStore

/// What all reports have in common: which rows, and how they are written.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Only what happened at this time or later.", valueName: "time"),
        transform: TimeArgument.parse
    )
    var since: TimeArgument?

    @Option(
        help: ArgumentHelp("Only what happened before this time.", valueName: "time"),
        transform: TimeArgument.parse
    )
    var until: TimeArgument?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Only this agent.", valueName: "name"),
        completion: .custom(Completions.agents)
    )
    var agent: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Only this issue.", valueName: "number"),
        completion: .custom(Completions.issues)
    )
    var issue: IssueNumber?

    @Option(name: [.short, .long], help: ArgumentHelp("Only this status (of events: this kind).", valueName: "status"))
    var status: String?

    @Option(
        name: [.customShort("n"), .long],
        help: ArgumentHelp("At most so many rows; of logs the newest (default: all).", valueName: "count")
    )
    var limit: Int?

    @OptionGroup var format: FormatOptions
    @OptionGroup var place: PlaceOptions

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit must not be negative.") }
    }

    /// What is asked.
    func request(_ kind: ReportKind) -> ReportRequest {
        var request = ReportRequest(kind: kind)
        request.since = since
        request.until = until
        request.agent = agent
        request.issue = issue
        request.status = status
        request.limit = limit
        request.format = format.chosen
        request.path = place.path
        return request
    }

    /// Writes the report.
    func write(_ kind: ReportKind, _ context: Context) throws {
        try request(kind).run(context)
    }
}
