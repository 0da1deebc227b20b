import ArgumentParser
import OrchCore

/// `orch issue close`.
struct IssueClose: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Close an issue",
        discussion: "Issues that it blocked may start then. An agent that works on it is ended."
    )

    @Argument(help: ArgumentHelp("The issue's number.", valueName: "number"), completion: .custom(Completions.issues))
    var number: IssueNumber

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        try await GitHubTracked.refuse(
            "orch does not close them",
            gh: ["gh", "issue", "close", String(number.value)],
            action.place,
            context
        )
        try await action.perform("issue.close", ["number": .integer(Int64(number.value))], context) { _ in
            "Issue #\(number.value) is closed."
        }
    }
}
