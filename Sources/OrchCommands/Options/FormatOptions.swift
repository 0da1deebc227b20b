import ArgumentParser
import OrchStore

/// How rows are written, as options.
struct FormatOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("How to write the rows: table, json, jsonl or csv (default: table).", valueName: "format")
    )
    var format: ReportFormat?

    @Flag(help: "Same as --format json.")
    var json = false

    func validate() throws {
        if json, let format, format != .json {
            throw ValidationError("--json contradicts --format \(format.rawValue).")
        }
    }

    /// The format that was chosen.
    var chosen: ReportFormat { json ? .json : format ?? .table }
}
