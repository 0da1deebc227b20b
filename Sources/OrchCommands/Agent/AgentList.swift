import ArgumentParser
import OrchStore

/// `orch agent list`.
struct AgentList: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the agents that are alive",
        discussion: "`orch query agents` asks about all that ever were."
    )

    @Flag(name: [.short, .long], help: "List closed agents too.")
    var all = false

    @OptionGroup var format: FormatOptions
    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        let table = try Reports.run(
            .agents,
            ReportFilter(status: all ? nil : "live"),
            columns: format.chosen.columns,
            place.database(context)
        )
        try context.output.table(
            table,
            format.chosen,
            nothing: all ? ReportKind.agents.nothing : "No agent is alive."
        )
    }
}
