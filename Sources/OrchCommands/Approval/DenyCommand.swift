import ArgumentParser
import OrchCore

/// `orch deny`.
struct DenyCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "deny",
        abstract: "Refuse what an agent asks for",
        discussion: "The agent is told, and goes on without it."
    )

    @Argument(help: ArgumentHelp("The approval's id.", valueName: "id"), completion: .custom(Completions.approvals))
    var id: Int64

    @Option(parsing: .unconditional, help: ArgumentHelp("Why; the agent is told.", valueName: "text"))
    var reason: String?

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        let payload = ApprovalAnswer.payload(id, approve: false, reason: reason, by: context.person)
        let asked = try ApprovalAnswer.words(id, action.place.database(context))
        try await action.perform("approval.decide", payload, context) { _ in "Request \(id) is denied: \(asked)" }
    }
}
