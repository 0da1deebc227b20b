import ArgumentParser
import OrchStore

/// `orch query turns`.
struct QueryTurns: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "turns",
        abstract: "Show messages to agents and what came of them",
        discussion: """
            JSON has at least id, agent, kind, status, client_id and tokens. Kinds: task, send, nudge, wrap_up, \
            digest, continue.
            """
    )

    @OptionGroup var report: ReportOptions

    func run(_ context: Context) async throws {
        try report.write(.turns, context)
    }
}
