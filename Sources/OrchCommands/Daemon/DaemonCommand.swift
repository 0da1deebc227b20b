import ArgumentParser
import Hub

/// `orch daemon`.
struct DaemonCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "daemon",
        abstract: "Run the hub of this repository, in the foreground",
        discussion: """
            Takes queued issues, gives each to a Codex agent, and goes on with what an earlier daemon left. Flags win over \
            WORKFLOW.md, which wins over the defaults. Everything is checked before anything starts.

            SIGTERM and SIGINT (Ctrl-C) stop it within 5 s; what agents do goes on in Codex's app-server and is taken up by the \
            next daemon. A second signal stops it at once. Only one daemon works on a repository.
            """
    )

    @OptionGroup(title: "Agents") var agents: AgentFlags
    @OptionGroup(title: "Decisions") var decisions: DecisionFlags
    @OptionGroup(title: "Codex") var codex: CodexFlags
    @OptionGroup(title: "GitHub") var tracker: TrackerFlags
    @OptionGroup(title: "Logs") var logs: LogFlags
    @OptionGroup var place: PlaceOptions

    /// For programs that start a daemon as a part of themselves.
    @Flag(help: .hidden)
    var whileInputOpen = false

    func run(_ context: Context) async throws {
        let options = DaemonOptions(
            directory: place.start(context),
            overrides: overrides(context),
            environment: context.environment,
            logFormat: logs.logFormat,
            seed: try decisions.message(context),
            endsWithInput: whileInputOpen
        )
        try await HubDaemon.run(options)
    }
}
