import ArgumentParser

/// `orch resume`.
struct ResumeCommand: ContextCommand {
    static let configuration = CommandConfiguration(commandName: "resume", abstract: "Let a paused hub go on")

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        try await action.perform("hub.resume", [:], context) { _ in "The hub goes on." }
    }
}
