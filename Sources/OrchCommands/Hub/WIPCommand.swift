import ArgumentParser
import OrchCore
import OrchStore

/// `orch wip [N]`.
struct WIPCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "wip",
        abstract: "Show or set how many agents may work at once",
        discussion: "Without a number, prints the agents that take a place, their last sign of life, and their budgets."
    )

    @Argument(help: ArgumentHelp("The new limit; 0 starts nothing more.", valueName: "limit"))
    var limit: Int?

    @OptionGroup var action: ActionOptions

    func validate() throws {
        if let limit, !(0...1_000).contains(limit) { throw ValidationError("The limit must be between 0 and 1000.") }
    }

    func run(_ context: Context) async throws {
        guard let limit else { return try show(context) }
        try await action.perform("hub.wip", ["limit": .integer(Int64(limit))], context) { _ in
            "Up to \(limit) agents may work at once."
        }
    }

    private func show(_ context: Context) throws {
        let db = try action.place.database(context)
        let places = try PlacesTaken.read(db)
        if !action.json { try context.output.line("\(places.used) of \(places.limit) places taken.") }
        var table = try Reports.run(.budgets, ReportFilter(), columns: .all, db)
        table = table.keeping { $0["phase"] != "closed" && $0["agent"] != "orchestrator" }
        try context.output.table(
            action.json ? table : table.only(ReportKind.budgets.headline),
            action.json ? .json : .table,
            nothing: "No agent works."
        )
    }
}
