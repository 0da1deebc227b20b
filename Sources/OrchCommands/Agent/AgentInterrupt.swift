import ArgumentParser
import OrchCore

/// `orch agent interrupt`.
struct AgentInterrupt: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "interrupt",
        abstract: "Interrupt what an agent is doing",
        discussion: "Its running commands are ended too. The agent stays: send it a message to go on."
    )

    @Argument(help: ArgumentHelp("The agent's name.", valueName: "name"), completion: .custom(Completions.agents))
    var name: String

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        let name = try AgentNames.existing(name)
        try await action.perform("agent.interrupt", ["agent": .string(name)], context) { _ in "Interrupting \(name)." }
    }
}
