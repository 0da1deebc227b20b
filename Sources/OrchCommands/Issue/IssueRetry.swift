import ArgumentParser
import OrchCore

/// `orch issue retry`.
struct IssueRetry: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Try a stalled or failed issue again",
        discussion: "Forgets the failed attempts and puts the issue back into the queue, without waiting."
    )

    @Argument(help: ArgumentHelp("The issue's number.", valueName: "number"), completion: .custom(Completions.issues))
    var number: IssueNumber

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        try await action.perform("issue.retry", ["number": .integer(Int64(number.value))], context) { _ in
            "Issue #\(number.value) is queued again."
        }
    }
}
