import ArgumentParser
import OrchStore

/// `orch export`.
struct ExportCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write everything to a folder of JSON lines",
        discussion: """
            The folder gets state.jsonl (the events), artifacts/ with index.jsonl, and one file a table, in a documented and \
            deterministic form. `orch import` makes a database of it again. Works beside a running daemon: it is one snapshot.
            """
    )

    @Option(
        help: ArgumentHelp("The folder to make; it must be missing or empty.", valueName: "dir"),
        completion: .directory
    )
    var out: String

    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        let target = context.absolute(out)
        let summary = try Export.write(place.database(context), to: target)
        context.output.note("Exported \(summary.allRows) rows and \(summary.artifacts) artifacts to \(target).")
    }
}
