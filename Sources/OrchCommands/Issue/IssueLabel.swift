import ArgumentParser
import OrchCore
import OrchStore

/// `orch issue label`.
struct IssueLabel: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "label",
        abstract: "Add labels to an issue and take them off",
        discussion: """
              orch issue label 3 --add priority:P0 --remove agent:stalled
              orch issue label 3 --queue
            """
    )

    @Argument(help: ArgumentHelp("The issue's number.", valueName: "number"), completion: .custom(Completions.issues))
    var number: IssueNumber

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("A label to add; may be given several times.", valueName: "label")
    )
    var add: [String] = []

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("A label to take off; may be given several times.", valueName: "label")
    )
    var remove: [String] = []

    @Flag(name: [.short, .long], help: "Hand it to the hub: adds the labels orchestrate and agent:queued.")
    var queue = false

    @OptionGroup var action: ActionOptions

    func validate() throws {
        if add.isEmpty, remove.isEmpty, !queue { throw ValidationError("Give --add, --remove or --queue.") }
        if let both = add.first(where: remove.contains) {
            throw ValidationError("The label '\(SafeText.line(both))' can't be added and taken off at once.")
        }
    }

    func run(_ context: Context) async throws {
        let folder = try action.place.folder(context)
        try await refuseAtGitHub(folder, context)
        let names = queue ? try await RepositorySettings.labels(folder, action.place, context) : LabelNames()
        let added = try TextChecks.labels(add + (queue ? [names.orchestrate, names.queued] : []))
        let removed = try remove.map(TextChecks.label)
        let payload: [String: JSONValue] = [
            "number": .integer(Int64(number.value)), "add": .array(added.map { .string($0) }),
            "remove": .array(removed.map { .string($0) }),
        ]
        try await action.perform("issue.label", payload, context) { answer in
            let labels = (answer["labels"]?.arrayValue ?? []).compactMap(\.stringValue).map(SafeText.line)
            return
                "Issue #\(number.value) has \(labels.isEmpty ? "no labels" : "the labels " + labels.joined(separator: ", "))."
        }
        try action.tellOfBlockers(number.value, in: folder, context)
    }

    private func refuseAtGitHub(_ folder: OrchFolder, _ context: Context) async throws {
        guard try await TrackerInUse.find(action.place, context).isGitHub else { return }
        let names = try await RepositorySettings.labels(folder, action.place, context)
        let added = add + (queue ? [names.orchestrate, names.queued] : [])
        try await GitHubTracked.refuse(
            "orch leaves their labels to people there",
            gh: ["gh", "issue", "edit", String(number.value)] + added.flatMap { ["--add-label", $0] }
                + remove.flatMap { ["--remove-label", $0] },
            action.place,
            context
        )
    }
}
