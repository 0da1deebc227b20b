import ArgumentParser
import OrchCore

/// `orch approve`.
struct ApproveCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Allow what an agent asks for",
        discussion: "Holds for the exact request that `orch approvals` shows, once."
    )

    @Argument(help: ArgumentHelp("The approval's id.", valueName: "id"), completion: .custom(Completions.approvals))
    var id: Int64

    @Option(parsing: .unconditional, help: ArgumentHelp("Why; kept with the decision.", valueName: "text"))
    var reason: String?

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        let payload = ApprovalAnswer.payload(id, approve: true, reason: reason, by: context.person)
        let asked = try ApprovalAnswer.words(id, action.place.database(context))
        try await action.perform("approval.decide", payload, context) { _ in "Request \(id) is approved: \(asked)" }
    }
}
