import ArgumentParser
import OrchCore

/// `orch issue new`.
struct IssueNew: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "File an issue",
        discussion: """
            Prints the new issue's number. Without --body and --body-file, on a terminal, your editor (VISUAL or EDITOR) \
            opens on a template; otherwise the issue has no text.

              orch issue new "Add a greeting" --queue --body "## Goal
              Print hello.
              ## Acceptance
              - [ ] hello.txt says hello"
            """
    )

    @Argument(help: ArgumentHelp("What is to be done, in one line of at most 256 characters.", valueName: "title"))
    var title: String

    @OptionGroup var body: BodyOptions

    @Option(name: [.short, .long], help: ArgumentHelp("A label; may be given several times.", valueName: "label"))
    var label: [String] = []

    @Flag(name: [.short, .long], help: "Hand it to the hub: adds the labels orchestrate and agent:queued.")
    var queue = false

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        let title = try TextChecks.title(title)
        try await GitHubTracked.refuse(
            "orch files none there",
            gh: ["gh", "issue", "create", "--title", title] + label.flatMap { ["--label", $0] }
                + (queue ? ["--label", LabelNames().orchestrate, "--label", LabelNames().queued] : []),
            action.place,
            context
        )
        let folder = try await action.place.folderToBe(context)
        let names = queue ? try await RepositorySettings.labels(folder, action.place, context) : LabelNames()
        let labels = try TextChecks.labels(label + (queue ? [names.orchestrate, names.queued] : []))
        let text = try body.givenOrEdited(template: CharterTemplate.text, context) ?? ""
        let payload: [String: JSONValue] = [
            "title": .string(title), "body": .string(text), "labels": .array(labels.map { .string($0) }),
            "author": .string(context.person),
        ]
        guard let answer = try await action.perform("issue.new", payload, in: folder, context) else { return }
        if let number = answer["number"]?.intValue { try action.tellOfBlockers(Int(number), in: folder, context) }
        if action.json { return try context.output.json(answer) }
        guard let number = answer["number"]?.intValue else {
            throw CommandError(.internalError, "the hub filed the issue and gave no number: \(answer.canonicalText)")
        }
        try context.output.line("#\(number)")
    }
}
