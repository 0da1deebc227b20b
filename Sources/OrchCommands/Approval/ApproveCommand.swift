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

    @Option(help: ArgumentHelp("Why; kept with the decision.", valueName: "text"))
    var reason: String?

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        let payload = ApprovalAnswer.payload(id, approve: true, reason: reason, by: context.person)
        try await action.perform("approval.decide", payload, context) { _ in "Request \(id) is approved." }
    }
}
