import ArgumentParser
import OrchCore

/// `orch issue reopen`.
struct IssueReopen: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "reopen",
        abstract: "Open a closed issue again",
        discussion: "It is handed to the hub again only when it carries the labels for that."
    )

    @Argument(help: ArgumentHelp("The issue's number.", valueName: "number"), completion: .custom(Completions.issues))
    var number: IssueNumber

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        try await GitHubTracked.refuse(
            "orch does not reopen them",
            gh: ["gh", "issue", "reopen", String(number.value)],
            action.place,
            context
        )
        try await action.perform("issue.reopen", ["number": .integer(Int64(number.value))], context) { _ in
            "Issue #\(number.value) is open again."
        }
    }
}
