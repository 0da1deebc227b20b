import ArgumentParser
import OrchCore

/// `orch pause`.
struct PauseCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Hold new work",
        discussion: "Agents that run go on; no issue and no agent is started until `orch resume`."
    )

    @Argument(help: ArgumentHelp("Why; shown by status and explain.", valueName: "reason"))
    var reason: [String] = []

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        let payload: [String: JSONValue] = reason.isEmpty ? [:] : ["reason": .string(reason.joined(separator: " "))]
        try await action.perform("hub.pause", payload, context) { _ in
            "The hub is paused; `orch resume` lets it go on."
        }
    }
}
