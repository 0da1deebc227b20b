import OrchCore
import OrchStore
import SQLite

/// Shows what happened since it was last asked: all that matters, or all that one agent does.
struct ReplFeed {
    /// Bytes of a report that are shown.
    static let most = 16 << 10

    private let db: Connection
    private let output: Output
    private var events: EventFollower
    private var lastLine: Int64
    /// Whether anything is shown.
    var isOn = true
    /// Whose doings alone are shown, and in full; nil: everybody's.
    private(set) var tail: String?

    /// Begins with what happens next.
    init(_ db: Connection, _ output: Output) throws {
        self.db = db
        self.output = output
        events = try EventFollower(db, after: nil)
        lastLine = try db.scalar("SELECT max(id) FROM stderr_line") ?? 0
    }

    /// Names of the app-server and of the hub, as people write them.
    private static let servers = ["app", "app-server"]
    private static let hub = "orch"

    /// Shows one agent's doings; nil: everybody's.
    mutating func follow(_ name: String?) throws {
        if let name, !Self.servers.contains(name), name != Self.hub {
            let name = try AgentNames.existing(name)
            guard try HubTables(db).agents.live(named: name) != nil else {
                throw CommandError(.notFound, "there is no live agent \(name)", hint: ":agents lists them")
            }
            tail = name
        } else {
            tail = name
        }
    }

    /// Passes over what happened until now: somebody has seen it elsewhere.
    mutating func skip() throws { events = try EventFollower(db, after: nil) }

    /// Whether there is something new to show; `show` shows it.
    mutating func next() throws -> [String] {
        var lines = try serverLines()
        while true {
            let rows = try events.next(limit: 500)
            guard !rows.isEmpty else { return isOn ? lines : [] }
            let line = EventLine(output: output)
            for row in rows {
                let event = FeedEvent(row, events.columns)
                guard isShown(event) else { continue }
                lines.append(line.text(event))
                lines += try report(event)
            }
        }
    }

    private mutating func serverLines() throws -> [String] {
        let new = try db.query("SELECT id, line, at_ms FROM stderr_line WHERE id > ? ORDER BY id LIMIT 500", lastLine) {
            (id: try $0.get(0) as Int64, line: try $0.get(1) as String, atMs: try $0.get(2) as Int64)
        }
        if let last = new.last { lastLine = last.id }
        guard let tail, Self.servers.contains(tail) else { return [] }
        return new.map { "\(TimeText.clock($0.atMs))  \(SafeText.line($0.line))" }
    }

    private func isShown(_ event: FeedEvent) -> Bool {
        if let tail {
            if Self.servers.contains(tail) { return event.kind.hasPrefix("app_server.") }
            if tail == Self.hub { return event.agent == nil && event.issue == nil }
            return event.agent == tail && event.kind != "tokens"
        }
        return EventLine.isWorthALine(event) && !event.kind.hasPrefix("item.") && !Self.small.contains(event.kind)
    }

    /// Steps on the way that tell a person nothing.
    private static let small: Set<String> = [
        "tokens", "turn.queued", "turn.submitting", "thread.started", "thread.synced", "issue.labelled",
        "issue.evidence",
        "workspace.ready", "codex.rate_limits", "codex.warning", "agent.created", "gate",
    ]

    /// What the orchestrator, or the agent that is followed, said at the end of its turn.
    private func report(_ event: FeedEvent) throws -> [String] {
        guard event.kind == "turn.completed", event.agent == "orchestrator" || event.agent == tail,
            let id = event.data["report"]?.stringValue
        else { return [] }
        var bytes: [UInt8] = []
        try HubTables(db).artifacts.stream(id) { chunk in
            bytes += chunk.prefix(Self.most - bytes.count)
            return bytes.count < Self.most
        }
        let text = SafeText.block(SafeText.utf8(bytes)).split(separator: "\n", omittingEmptySubsequences: false)
        let more = bytes.count == Self.most ? ["… (:cat \(id.prefix(12)))"] : []
        return (text.map(String.init) + more).map { "  " + output.ink(.dim, "│ ") + $0 }
    }
}
