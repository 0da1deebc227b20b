import ArgumentParser
import OrchStore

/// `orch stderr`.
struct StderrCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "stderr",
        abstract: "Show what Codex's app-server wrote to its standard error",
        discussion: """
            The last lines, oldest first: where to look when the app-server ends or refuses. All agents are conversations of \
            one app-server; a name before the count is taken and changes nothing.

              orch stderr 50
            """
    )

    @Argument(help: ArgumentHelp("How many lines (default: 30).", valueName: "count"))
    var words: [String] = []

    @OptionGroup var format: FormatOptions
    @OptionGroup var place: PlaceOptions

    func validate() throws {
        guard words.count <= 2 else { throw ValidationError("Give how many lines, and nothing else.") }
        if let last = words.last, words.count == 2 || Int(last) != nil, Int(last).map({ $0 > 0 }) != true {
            throw ValidationError("'\(last)' is no count of lines.")
        }
    }

    func run(_ context: Context) async throws {
        let filter = ReportFilter(limit: words.last.flatMap { Int($0) } ?? 30)
        try context.output.report(.stderr, filter, format.chosen, place.database(context))
    }
}
