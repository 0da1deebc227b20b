import ArgumentParser
import OrchCore
import OrchStore

/// `orch issue edit`.
struct IssueEdit: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Change an issue's title or text",
        discussion: "Without options, on a terminal, your editor opens on the present text."
    )

    @Argument(help: ArgumentHelp("The issue's number.", valueName: "number"), completion: .custom(Completions.issues))
    var number: IssueNumber

    @Option(name: [.short, .long], parsing: .unconditional, help: ArgumentHelp("The new title.", valueName: "title"))
    var title: String?

    @OptionGroup var body: BodyOptions
    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        try await GitHubTracked.refuse(
            "orch does not edit them",
            gh: ["gh", "issue", "edit", String(number.value)] + (title.map { ["--title", $0] } ?? []),
            action.place,
            context
        )
        var payload: [String: JSONValue] = ["number": .integer(Int64(number.value))]
        if let title { payload["title"] = .string(try TextChecks.title(title)) }
        if let text = try newBody(context) { payload["body"] = .string(text) }
        guard payload.count > 1 else {
            throw CommandError(.usage, "nothing to change", hint: "give --title, --body or --body-file")
        }
        try await action.perform("issue.edit", payload, context) { _ in "Issue #\(number.value) is changed." }
        try action.tellOfBlockers(number.value, in: action.place.folder(context), context)
    }

    private func newBody(_ context: Context) throws -> String? {
        if let given = try body.given(context) { return given }
        guard title == nil, context.input.isTerminal, context.output.isTerminal, let editor = Editor.command(context)
        else {
            return nil
        }
        let issue = try StoredIssue.require(number.value, in: action.place.database(context))
        return try Editor.write(template: issue.record.body, command: editor, context)
    }
}
