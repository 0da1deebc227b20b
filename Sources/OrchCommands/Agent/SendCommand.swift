import ArgumentParser

/// `orch send`: the short form of `orch agent send`.
struct SendCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: AgentSend.configuration.abstract,
        discussion: AgentSend.configuration.discussion
    )

    @OptionGroup var send: AgentSend

    func run(_ context: Context) async throws {
        try await send.run(context)
    }
}
