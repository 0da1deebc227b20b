import ArgumentParser
import OrchCore
import OrchStore
import SQLite

/// `orch artifact show`.
struct ArtifactShow: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what an artifact is: size, age, who made it",
        discussion: "Ends with the beginning of its text; `orch artifact cat` prints all of it."
    )

    @Argument(help: ArgumentHelp("The artifact's id, or its first digits.", valueName: "id"))
    var id: String

    @Option(help: ArgumentHelp("How many lines of the text to show.", valueName: "count"))
    var lines: Int = 20

    @Flag(help: "Print it as JSON, without the text.")
    var json = false

    @OptionGroup var place: PlaceOptions

    func validate() throws {
        if !(0...100_000).contains(lines) { throw ValidationError("--lines must be between 0 and 100000.") }
    }

    func run(_ context: Context) async throws {
        let db = try place.database(context)
        let store = HubTables(db).artifacts
        let id = try store.resolve(ArtifactFacts.checked(id))
        let facts = try ArtifactFacts.read(id, db)
        if json { return try context.output.json(facts.json) }
        try facts.write(to: context.output, nowMs: context.nowMs())
        guard lines > 0 else { return }
        try context.output.line()
        try beginning(of: store, id, context.output)
    }

    /// The first lines, of the first 256 KiB: more than that nobody reads on a screen.
    private func beginning(of store: ArtifactStore, _ id: String, _ output: Output) throws {
        var head: [UInt8] = []
        var isCut = false
        try store.stream(id) { chunk in
            isCut = head.count + chunk.count > 256 << 10
            head.append(contentsOf: chunk.prefix((256 << 10) - head.count))
            return !isCut
        }
        let text = SafeText.block(SafeText.utf8(head)).split(separator: "\n", omittingEmptySubsequences: false)
        for line in text.prefix(lines) { try output.line(String(line)) }
        if isCut || text.count > lines { try output.line(output.ink(.dim, "… (orch artifact cat \(id.prefix(12)))")) }
    }
}
