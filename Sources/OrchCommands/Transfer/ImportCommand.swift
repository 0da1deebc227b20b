import ArgumentParser
import Glibc
import OrchStore

/// `orch import`.
struct ImportCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a database of an exported folder",
        discussion: "Refused when the repository's .orch has a database already: nothing is overwritten."
    )

    @Option(help: ArgumentHelp("The folder that `orch export` wrote.", valueName: "dir"), completion: .directory)
    var from: String

    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        let source = context.absolute(from)
        guard access(source, F_OK) == 0 else { throw CommandError(.notFound, "there is no folder \(source)") }
        let folder = try await place.folderToBe(context)
        let summary = try Import.read(from: source, into: folder, nowMs: context.nowMs())
        context.output.note("Imported \(summary.allRows) rows and \(summary.artifacts) artifacts into \(folder.path).")
    }
}
