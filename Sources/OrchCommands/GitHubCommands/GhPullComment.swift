import ArgumentParser

/// `orch gh pr-comment`.
struct GhPullComment: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "pr-comment",
        abstract: "Post a comment on a pull request at GitHub",
        discussion: """
            The text is the rest of the line, or --body, or --body-file (- for standard input), or what you write in your editor. \
            It is posted as it is (secrets taken out), under the account of the daemon's token, and is no feedback for the agent: \
            what the agent is to do, write at GitHub yourself, or with `orch agent send`.
            """
    )

    @Argument(help: ArgumentHelp("The pull request's number.", valueName: "number"))
    var number: IssueNumber

    @OptionGroup var comment: CommentOptions
    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        try await CommentDelivery.post(
            "gh.pr_comment",
            named: "pr-comment",
            on: number.value,
            comment,
            elsewhere: "set `tracker: github` below `orch:` in WORKFLOW.md",
            action,
            context
        )
    }
}
