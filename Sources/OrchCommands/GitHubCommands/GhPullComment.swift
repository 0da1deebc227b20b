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
        let text = try comment.text(context, example: "orch gh pr-comment \(number.value) \"what you want to say\"")
        let place = action.place
        guard try await TrackerInUse.find(place, context).isGitHub else {
            throw CommentDelivery.notAtGitHub(hint: "set `tracker: github` below `orch:` in WORKFLOW.md")
        }
        try await CommentDelivery(kind: "gh.pr_comment", number: number.value, text: text).run(action, context)
    }
}
