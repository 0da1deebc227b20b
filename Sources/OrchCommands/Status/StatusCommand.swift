import ArgumentParser

/// `orch status`.
struct StatusCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how the hub stands",
        discussion: "Whether a daemon runs, its switches, who works, and what waits for whom. Works without a daemon."
    )

    @Flag(help: "Print it as JSON.")
    var json = false

    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        let folder = try place.folder(context)
        let facts = try StatusFacts.read(place.database(context), folder)
        if json { return try context.output.json(facts.json) }
        try StatusSheet(facts: facts, folder: folder, nowMs: context.nowMs()).write(to: context.output)
    }
}
