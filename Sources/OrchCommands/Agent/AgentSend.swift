import ArgumentParser
import OrchCore

/// `orch agent send`, and its short form `orch send`.
struct AgentSend: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Send an agent a message",
        discussion: """
            An idle agent starts to work on it; a busy one gets it when it is next ready. The orchestrator is called \
            orchestrator.

              orch send iss-3 Please add a test for the empty file
            """
    )

    @Argument(help: ArgumentHelp("The agent's name.", valueName: "name"), completion: .custom(Completions.agents))
    var name: String

    @OptionGroup var task: TaskOptions
    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        let name = try AgentNames.existing(name)
        let payload: [String: JSONValue] = ["to": .string(name), "task": .string(try task.text(context))]
        try await action.perform("agent.send", payload, context) { _ in "Sent to \(name)." }
    }
}
