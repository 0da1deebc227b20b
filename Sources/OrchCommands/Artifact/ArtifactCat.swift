import ArgumentParser
import OrchCore
import OrchStore

/// `orch artifact cat`.
struct ArtifactCat: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "cat",
        abstract: "Print an artifact's bytes",
        discussion: """
            Exactly the bytes, when standard output is a file or a pipe. On a terminal, control characters are shown instead of \
            obeyed.
            """
    )

    @Argument(help: ArgumentHelp("The artifact's id, or its first digits.", valueName: "id"))
    var id: String

    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        let store = HubTables(try place.database(context)).artifacts
        let output = context.output
        var terminal = TerminalText()
        let id = try store.resolve(ArtifactFacts.checked(id))
        try store.stream(id) { chunk in
            if output.isTerminal {
                try output.write(terminal.take(chunk))
            } else {
                try output.write(chunk)
            }
            return true
        }
        if output.isTerminal { try output.write(terminal.end()) }
    }
}
