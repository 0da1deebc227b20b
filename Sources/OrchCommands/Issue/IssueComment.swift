import ArgumentParser
import OrchCore

/// `orch issue comment`.
struct IssueComment: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "comment",
        abstract: "Add a comment to an issue",
        discussion: """
            The text is the argument, or --body, or --body-file (- for standard input), or what you write in your editor.
            """
    )

    @Argument(help: ArgumentHelp("The issue's number.", valueName: "number"), completion: .custom(Completions.issues))
    var number: IssueNumber

    @Argument(help: ArgumentHelp("The comment.", valueName: "comment"))
    var comment: String?

    @OptionGroup var body: BodyOptions
    @OptionGroup var action: ActionOptions

    func validate() throws {
        if comment != nil, body.text != nil || body.file != nil {
            throw ValidationError("Give the comment once: as the argument, or with --body or --body-file.")
        }
    }

    func run(_ context: Context) async throws {
        let text =
            try comment.map { try TextChecks.body(Array($0.utf8), name: "the comment", note: context.output.note) }
            ?? body.givenOrEdited(template: "", context) ?? ""
        guard !text.allSatisfy(\.isWhitespace) else {
            throw CommandError(
                .usage,
                "the comment is empty",
                hint: "orch issue comment \(number.value) \"what you want to say\""
            )
        }
        let payload: [String: JSONValue] = [
            "number": .integer(Int64(number.value)), "body": .string(text), "author": .string(context.person),
        ]
        try await action.perform("issue.comment", payload, context) { _ in "Commented on issue #\(number.value)." }
    }
}
