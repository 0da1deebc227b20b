import ArgumentParser
import OrchStore

/// `orch query sql`.
struct QuerySQL: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql",
        abstract: "Run a SELECT on the report_ views",
        discussion: """
            The views are report_decisions, report_stalls, report_agents, report_issues, report_turns, report_approvals, \
            report_artifacts, report_events, report_budgets, report_tokens, report_timeline and report_outbox. Writes, ATTACH, \
            PRAGMA and all other tables are refused.
            """
    )

    @Argument(help: ArgumentHelp("One query.", valueName: "sql"))
    var sql: String

    @Option(help: ArgumentHelp("Stop it after this long.", valueName: "duration"), transform: Durations.parse)
    var limit: Int64 = 10_000

    @OptionGroup var format: FormatOptions
    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        try context.output.query(sql, timeMs: Int(limit), format.chosen, place.database(context))
    }
}
