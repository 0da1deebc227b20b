import CodexAppServer
import Glibc
import Hub
import ModelServer
import OrchCore
import OrchStore
import SQLite
import Workspaces

/// One demo from beginning to end.
///
/// Whatever happens, nothing that it started is left.
struct DemoRun {
    let keep: Bool
    let pace: DemoPace
    let codexPath: String?
    let limitMs: Int64
    let context: Context

    private static let interrupted = CommandError(.interrupted, "the demo was interrupted")

    private var output: Output { context.output }

    /// Runs it.
    func run() async throws {
        let codex = try await CodexProgram.find(
            explicit: codexPath.map { $0.contains("/") ? context.absolute($0) : $0 },
            environment: context.environment
        )
        let folder = try DemoFolder.make(context)
        do {
            try await run(in: folder, codex: codex)
        } catch let error as CommandError where error == Self.interrupted && !keep {
            // Whoever ends it has seen enough, and wants nothing left.
            try folder.remove()
            throw error
        } catch {
            output.note("The demo's folder is kept: \(folder.path) (the daemon's output is in daemon.log)")
            throw error
        }
        if keep {
            try output.line("The repository is kept: \(folder.repository)")
            try output.line("Look around in it: cd \(folder.repository) && \(program) query timeline")
        } else {
            try folder.remove()
        }
    }

    /// How a person calls this very program.
    private var program: String {
        let onPath = ExecutableSearch.find("orch", path: context.variable("PATH")).flatMap { realpath($0, nil) }
        defer { free(onPath) }
        return onPath.map { String(cString: $0) } == context.executable ? "orch" : context.executable
    }

    private func run(in folder: DemoFolder, codex: CodexProgram) async throws {
        try output.line(
            output.ink(.bold, "orch demo: real git, real Codex \(codex.version), a scripted model on loopback")
        )
        try await folder.makeRepository(context)
        let server = ModelServer(scenario: DemoScenario(commandPause: pace.commandPause), pace: pace.pace)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            defer { group.cancelAll() }
            try folder.makeCodexHome(port: try await server.listeningPort)
            try await fileIssues(folder)
            try await Interruption.watch { interruption in
                try await DemoDaemon(folder: folder, codexPath: codex.path, context: context).run { isRunning in
                    try await watch(folder, interruption, isRunning: isRunning)
                }
            }
        }
        try await DemoReports(folder: folder, context: context).write()
    }

    /// Files the four issues as a person would.
    private func fileIssues(_ folder: DemoFolder) async throws {
        let hub = HubGateway(
            folder: OrchFolder(repository: folder.repository),
            environment: context.environment,
            output: output
        )
        for charter in DemoCharters.all {
            let labels = charter.labels.filter { $0 != LabelNames().queued } + [LabelNames().queued]
            let payload: JSONValue = [
                "title": .string(charter.title), "body": .string(charter.body), "author": .string(context.person),
                "labels": .array(labels.map { .string($0) }),
            ]
            _ = try await hub.perform("issue.new", payload, limit: .seconds(10))
            try output.line("Filed #\(charter.number) \(charter.title)")
        }
        try output.line()
        try output.flush()
    }

    /// Shows what happens until all issues are settled.
    private func watch(_ folder: DemoFolder, _ interruption: Interruption, isRunning: () -> Bool) async throws {
        let db = try Store.open(OrchFolder(repository: folder.repository), role: .readOnly, nowMs: context.nowMs())
        let startMs = context.nowMs()
        var view = DemoView(output, startMs: startMs)
        while true {
            let snapshot = try DemoSnapshot.read(db)
            let nowMs = context.nowMs()
            try view.show(snapshot, nowMs: nowMs)
            if snapshot.isFinished { return }
            if snapshot.isSettled {
                throw CommandError(
                    .refused,
                    "an issue of the demo stalled",
                    hint: "`orch explain` in the demo's repository says why"
                )
            }
            if interruption.happened { throw Self.interrupted }
            guard isRunning() else {
                throw CommandError(.refused, "the daemon ended: \(try lastWords(folder))")
            }
            guard nowMs - startMs < limitMs else {
                throw CommandError(
                    .temporary,
                    "the demo did not end within \(DurationText.format(limitMs))",
                    hint: "--limit allows more"
                )
            }
            await interruption.pause(milliseconds: 150)
        }
    }

    /// The last lines that the daemon printed.
    private func lastWords(_ folder: DemoFolder) throws -> String {
        let bytes = try FileBytes.read(path: folder.log, limit: 16 << 20) ?? []
        return SafeText.utf8(bytes.suffix(4_000)).split(separator: "\n").suffix(8).joined(separator: "\n")
    }
}
