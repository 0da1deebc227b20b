import ArgumentParser
import OrchCore

/// `orch agent close`.
struct AgentClose: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "End an agent's run",
        discussion: "Its branch and worktree stay. The outcome decides what becomes of its issue."
    )

    @Argument(help: ArgumentHelp("The agent's name.", valueName: "name"), completion: .custom(Completions.agents))
    var name: String

    @Option(help: ArgumentHelp("How it ended: done, failed, budget or cancelled.", valueName: "outcome"))
    var outcome: OutcomeArgument = .cancelled

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        let name = try AgentNames.existing(name)
        let payload: [String: JSONValue] = ["agent": .string(name), "outcome": .string(outcome.rawValue)]
        try await action.perform("agent.close", payload, context) { _ in
            "Agent \(name) is closed (\(outcome.rawValue))."
        }
    }
}
