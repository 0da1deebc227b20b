import ArgumentParser
import Hub
import OrchCore
import OrchStore

/// `orch plan`.
struct PlanCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what starts next, and what waits for what",
        discussion: """
            Issues that are handed to the hub, in the order in which it takes them: by priority (priority:P0 first), then the \
            oldest. Blocked ones come behind what blocks them, each with the reason and with what would change it. No daemon is \
            needed, and GitHub is not asked: issues of GitHub are as the hub saw them last.
            """
    )

    @Flag(help: "Print it as JSON.")
    var json = false

    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        let folder = try place.folder(context)
        let db = try place.database(context)
        // Where the settings can't be read, the names that orch brings along are the best guess.
        let labels = (try? await RepositorySettings.labels(folder, place, context)) ?? LabelNames()
        var plan = try Reports.plan(labels: labels, nowMs: context.nowMs(), db)
        plan.isHubRunning = HubPresence.daemon(folder) != nil
        if json { return try context.output.json(plan.json) }
        try PlanSheet(plan: plan).write(to: context.output)
    }
}
