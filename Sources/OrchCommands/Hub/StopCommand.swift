import ArgumentParser
import CodexAppServer
import Hub
import OrchCore
import OrchStore

/// `orch stop`.
struct StopCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Stop the daemon; with --all, Codex's app-server too",
        discussion: """
            What agents do goes on in Codex's app-server, and the next `orch daemon` takes it up. With --all nothing goes on: \
            no turn begins any more, and when those that run are over, the app-server and the daemon end. To end a running \
            turn sooner, use `orch agent interrupt`. To hold new work only, use `orch pause`.
            """
    )

    @Flag(name: [.short, .long], help: "End the app-server too, once the turns that run are over.")
    var all = false

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        let folder = try action.place.folder(context)
        if all, HubPresence.daemon(folder) == nil { return try await endServer(folder, context) }
        let payload: [String: JSONValue] = all ? ["all": true] : [:]
        try await action.perform("hub.stop", payload, context) { _ in
            all ? "The daemon and the app-server stop when no turn runs any more." : "The daemon stops."
        }
        guard !all, !action.json, let pid = try livingServer(folder, context) else { return }
        context.output.note("Codex's app-server (pid \(pid)) stays for the next daemon; `orch stop --all` ends it too.")
    }

    /// Without a daemon there is the app-server that it left, with turns that nobody watches: the next daemon continues them.
    private func endServer(_ folder: OrchFolder, _ context: Context) async throws {
        let wasAlive = try livingServer(folder, context)
        try await RecordedServers(folder).end()
        guard let pid = wasAlive else {
            throw CommandError(.unavailable, "nothing runs: no daemon, and no app-server")
        }
        if action.json { return try context.output.json(["app_server": .integer(pid)]) }
        context.output.note("The app-server (pid \(pid)) is ended; no daemon was running.")
    }

    /// The process id of the app-server, if it is there.
    private func livingServer(_ folder: OrchFolder, _ context: Context) throws -> Int64? {
        let facts = try StatusFacts.read(Store.open(folder, role: .readOnly, nowMs: context.nowMs()), folder)
        return facts.isServerAlive == true ? facts.server?.pid : nil
    }
}
