import ArgumentParser

/// `orch stop`.
struct StopCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop the daemon",
        discussion: """
            What agents do goes on in Codex's app-server, and the next `orch daemon` takes it up. To hold new work only, use \
            `orch pause`.
            """
    )

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        try await action.perform("hub.stop", [:], context) { _ in "The daemon stops." }
    }
}
