import ArgumentParser
import OrchStore

/// `orch query sql`.
struct QuerySQL: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql",
        abstract: "Run a SELECT on the report_ views",
        discussion: """
            Writes, ATTACH, PRAGMA and all other tables are refused. The views and their columns are listed below; labels, \
            blocked_by, data and payload hold JSON, which json_each and ->> take apart.

              orch query sql "SELECT verb, count(*) FROM report_decisions GROUP BY verb"
            """
    )

    @Argument(help: ArgumentHelp("One query.", valueName: "sql"))
    var sql: String

    @Option(
        name: [.customShort("n"), .long],
        help: ArgumentHelp("At most so many rows (default: all).", valueName: "count")
    )
    var limit: Int?

    @Option(
        help: ArgumentHelp("Stop it after this long (default: 10s).", valueName: "duration"),
        transform: Durations.parse
    )
    var timeLimit: Int64 = 10_000

    @OptionGroup var format: FormatOptions
    @OptionGroup var place: PlaceOptions

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit must not be negative.") }
    }

    func run(_ context: Context) async throws {
        let db = try place.database(context)
        try context.output.query(sql, timeMs: Int(timeLimit), rows: limit, format.chosen, db)
    }
}
