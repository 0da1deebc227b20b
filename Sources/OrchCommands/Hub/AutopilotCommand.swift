import ArgumentParser
import OrchCore

/// `orch autopilot on|off`.
struct AutopilotCommand: ContextCommand {
    /// On or off.
    enum State: String, Sendable, CaseIterable, ExpressibleByArgument {
        case on, off
    }

    static let configuration = CommandConfiguration(
        commandName: "autopilot",
        abstract: "Switch the execution of the orchestrator's decisions on or off",
        discussion: "When it is off, decisions are recorded as suppressed, and the orchestrator is told once."
    )

    @Argument(help: ArgumentHelp("on or off.", valueName: "on|off"))
    var state: State

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        try await action.perform("hub.autopilot", ["on": .bool(state == .on)], context) { _ in
            "Autopilot is \(state.rawValue)."
        }
    }
}
