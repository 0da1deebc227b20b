import ArgumentParser
import OrchCore

/// `orch decide`.
struct DecideCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide",
        abstract: "Send the orchestrator its digest now",
        discussion:
            "What happened since the last digest is sent without waiting for more. Without news nothing is sent."
    )

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        try await action.perform("hub.decide", [:], context) { answer in
            answer["pending"]?.boolValue == true
                ? "The digest is on its way." : "There is nothing new to tell the orchestrator."
        }
    }
}
