import Hub
import OrchCore
import OrchStore
import SQLite
import Settings

/// A hub whose world does at once whatever it is asked for: what is left is the hub's own work.
final class HubStage {
    let db: Connection
    let tables: HubTables
    let hub: Hub
    /// The app-server, as the hub numbers it.
    private(set) var server: Int64 = 0
    private let folder: OrchFolder?
    private var turnsStarted = 0

    /// A hub on a database in memory, or on the disk of a folder, with so many agents that work.
    init(_ folder: OrchFolder?, agents: Int) throws {
        self.folder = folder
        let now = Moment.current()
        db =
            try folder.map { try Store.open($0, role: .daemon, nowMs: now.wallMs) } ?? Store.inMemory(nowMs: now.wallMs)
        tables = HubTables(db)
        var settings = HubSettings()
        settings.orchestrator = false
        settings.wip = 1_000
        settings.maxTurns = .max
        var ids = 0
        let environment = Hub.Environment(
            makeID: {
                ids += 1
                return "turn-\(ids)"
            },
            unitRandom: { 0.5 },
            pid: 1,
            host: "bench",
            version: "0",
            repository: "/repo",
            baseBranch: "main",
            appServerMode: "socket",
            socketPath: "/nowhere.sock"
        )
        hub = Hub(db: db, settings: settings, environment: environment, now: now)
        try step([.started])
        try command("hub.wip", ["limit": 1_000])
        for number in 1...agents {
            let title = "Issue \(number)"
            try command(
                "issue.new",
                [
                    "title": .string(title), "body": "# Goal\nDo it.\n", "labels": ["orchestrate", "agent:queued"],
                ]
            )
        }
        try step([.commandsWaiting])
    }

    /// Inserts a command as a client does.
    func command(_ kind: String, _ payload: JSONValue) throws {
        _ = try CommandQueue(db).insert(kind, payload, source: "bench", nowMs: Moment.current().wallMs)
    }

    /// Has the hub take inputs, and does what it then asks for, until it asks for nothing more.
    func step(_ inputs: [Input]) throws {
        var inputs = inputs
        while !inputs.isEmpty {
            let outcome = try hub.step(inputs, now: .current())
            guard outcome.faults.isEmpty else { throw BenchError("the hub failed: \(outcome.faults)") }
            inputs = outcome.effects.map { .settled(effect: $0.id, perform($0)) }
            if let folder { _ = try Store.checkpoint(db, folder) }
        }
    }

    /// What the app-server says, as inputs.
    func said(_ inputs: [CodexInput]) -> [Input] { inputs.map { .codex(server: server, $0) } }

    /// The threads whose turns run now: thread, codex's turn, the hub's turn.
    func running() throws -> [(thread: String, codexTurn: String, turn: String)] {
        try db.query(
            """
            SELECT c.thread, t.codex_turn, t.id FROM turn AS t JOIN conversation AS c ON c.id = t.conversation
            WHERE t.status = 'running' AND t.steers IS NULL ORDER BY t.agent
            """
        ) { (try $0.get(0), try $0.get(1), try $0.get(2)) }
    }

    private func perform(_ row: OutboxRecord) -> EffectResult {
        switch row.kind {
        case "app_server.start": return .done(.appServer(pid: 1, startTime: 1, bootID: "bench"))
        case "app_server.connect":
            // The first and only one.
            server = 1
            return .done(.connected(version: "0.163.0"))
        case "workspace.prepare":
            let path = "/repo/.worktrees/\(row.agent ?? 0)"
            return .done(
                .workspace(path: path, branch: "ai/\(row.agent ?? 0)", baseCommit: "b", head: "b", reused: false)
            )
        case "thread.start": return .done(.thread(id: ThreadName.of(row.agent ?? 0)))
        case "turn.submit":
            turnsStarted += 1
            return .done(.accepted(codexTurn: "codex-\(turnsStarted)", found: false))
        case "issue.comment": return .done(.comment(id: row.id))
        case "issue.labels": return .done(.labels(observed: []))
        default: return .done(.nothing)
        }
    }
}

/// Names threads as codex does: with a UUID.
enum ThreadName {
    static func of(_ number: Int64) -> String {
        let digits = String(number, radix: 16)
        return "01990000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    }
}

/// Why a measurement can't be taken.
struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
