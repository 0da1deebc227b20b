import ArgumentParser

/// `orch gh comment`.
struct GhComment: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "comment",
        abstract: "Post a comment on an issue at GitHub",
        discussion: """
            The text is the rest of the line, or --body, or --body-file (- for standard input), or what you write in your editor. \
            It is posted as it is (secrets taken out), under the account of the daemon's token. Agents don't get to read it: \
            `orch issue comment` also tells the agent that works on the issue.
            """
    )

    @Argument(help: ArgumentHelp("The issue's number.", valueName: "number"), completion: .custom(Completions.issues))
    var number: IssueNumber

    @OptionGroup var comment: CommentOptions
    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        let text = try comment.text(context, example: "orch gh comment \(number.value) \"what you want to say\"")
        let place = action.place
        guard try await TrackerInUse.find(place, context).isGitHub else {
            throw CommentDelivery.notAtGitHub(hint: "`orch issue comment \(number.value)` comments on a local issue")
        }
        try await CommentDelivery(kind: "gh.comment", number: number.value, text: text).run(action, context)
    }
}
