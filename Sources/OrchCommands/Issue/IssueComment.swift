import ArgumentParser
import OrchCore

/// `orch issue comment`.
struct IssueComment: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "comment",
        abstract: "Add a comment to an issue",
        discussion: """
            The text is the argument, or --body, or --body-file (- for standard input), or what you write in your editor.

            An agent that works on the issue gets to read it. Where the issues are at GitHub it is posted there, too, as with \
            `orch gh comment`.
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
        if try await TrackerInUse.find(action.place, context).isGitHub { return try await postAtGitHub(text, context) }
        let payload: [String: JSONValue] = [
            "number": .integer(Int64(number.value)), "body": .string(text), "author": .string(context.person),
        ]
        try await action.perform("issue.comment", payload, context) { _ in "Commented on issue #\(number.value)." }
    }

    /// Through the hub to GitHub and to the agent.
    private func postAtGitHub(_ text: String, _ context: Context) async throws {
        let text = try CommentDelivery.checked(text, example: "orch issue comment \(number.value) \"…\"")
        try NamedThings.check(
            "issue.comment",
            ["number": .integer(Int64(number.value))],
            action.place.database(context)
        )
        try await CommentDelivery(kind: "issue.comment", number: number.value, text: text).run(action, context)
    }
}
