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
        try await CommentDelivery.post(
            "gh.comment",
            named: "comment",
            on: number.value,
            comment,
            elsewhere: "`orch issue comment \(number.value)` comments on a local issue",
            action,
            context
        )
    }
}
