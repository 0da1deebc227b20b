import CodexAppServer
import Hub
import OrchCore
import OrchStore
import SQLite

/// How the hub stands, read in one snapshot.
struct StatusFacts {
    /// Whether a daemon runs.
    enum Daemon: String, Sendable, Hashable {
        case running, stopping, stopped
        /// The database says that one runs, and nobody holds the lock: it was killed.
        case killed
    }

    /// An agent or issue that somebody has to look after.
    struct Stall: Sendable, Hashable {
        var agent: String?
        var issue: Int?
        var state: String
        var why: String?
    }

    var daemon: Daemon
    var hub: HubRecord
    /// Why the newest settings are not in force; nil when they are.
    var settingsProblem: String?
    /// Where the issues are, and whether that can be worked with.
    var tracker: TrackerTable.Record
    var wipUsed: Int
    /// The app-server that the database knows of.
    var server: AppServerRecord?
    /// Whether its process is there; nil when nobody can tell.
    var isServerAlive: Bool?
    /// Open issues by phase.
    var issues: [String: Int]
    /// Live agents with their state, and the issue they work on.
    var agents: [(name: String, state: String, issue: Int?)]
    /// Who is stalled or parked.
    var stalls: [Stall]
    var blockers: BlockerProblems
    /// What waits for somebody, by kind.
    var waiting: [String: Int]

    /// Reads them.
    static func read(_ db: Connection, _ folder: OrchFolder) throws -> StatusFacts {
        let isHeld = HubPresence.daemon(folder) != nil
        return try db.read {
            let tables = HubTables(db)
            let hub = try tables.hub.get()
            let agents = try db.query(
                "SELECT name, state, issue FROM report_agents WHERE closed_at_ms IS NULL ORDER BY id"
            ) { row in
                (name: try row.get(0) as String, state: try row.get(1) as String, issue: try row.get(2) as Int?)
            }
            let server = try tables.appServers.live()
            return StatusFacts(
                daemon: daemon(hub.state, isHeld: isHeld),
                hub: hub,
                settingsProblem: try settingsProblem(db),
                tracker: try tables.tracker.get(),
                wipUsed: try tables.agents.wipUsed(),
                server: server,
                isServerAlive: server.flatMap(isAlive),
                issues: try counts("SELECT phase, count(*) FROM issue WHERE state = 'open' GROUP BY phase", db),
                agents: agents,
                stalls: try db.query("SELECT agent, issue, state, why FROM report_stalls ORDER BY since_at_ms, issue") {
                    Stall(agent: try $0.get(0), issue: try $0.get(1), state: try $0.get(2), why: try $0.get(3))
                },
                blockers: try BlockerProblems.read(db),
                waiting: try counts(
                    """
                    SELECT 'approvals', count(*) FROM approval WHERE status = 'pending'
                    UNION ALL SELECT 'commands', count(*) FROM command WHERE status = 'pending'
                    UNION ALL SELECT 'messages', count(*) FROM turn WHERE status = 'queued'
                    UNION ALL SELECT 'effects', count(*) FROM outbox WHERE status IN ('pending', 'performing')
                    UNION ALL SELECT 'news', count(*) FROM digest_entry WHERE digest IS NULL
                    """,
                    db
                )
            )
        }
    }

    private static func daemon(_ state: String, isHeld: Bool) -> Daemon {
        switch (state, isHeld) {
        case ("running", true): .running
        case ("stopping", true): .stopping
        case ("running", false), ("stopping", false): .killed
        default: .stopped
        }
    }

    /// Whether the very process that was recorded is there: what the row says is what a hub last knew.
    private static func isAlive(_ server: AppServerRecord) -> Bool? {
        guard let pid = server.pid, let startTime = server.startTime, let bootID = server.bootId else { return nil }
        return ProcessIdentity(pid: pid, startTime: startTime, bootID: bootID).isAlive
    }

    /// What was wrong with the settings when they were read last.
    private static func settingsProblem(_ db: Connection) throws -> String? {
        let last: (kind: String, message: String?)? = try db.first(
            """
            SELECT kind, data ->> '$.message' FROM event
            WHERE kind IN ('hub.started', 'settings.changed', 'settings.invalid', 'settings.valid') ORDER BY seq DESC LIMIT 1
            """
        ) { (kind: try $0.get(0), message: try $0.get(1)) }
        guard let last, last.kind == "settings.invalid" else { return nil }
        return last.message ?? "they can't be read"
    }

    private static func counts(_ sql: String, _ db: Connection) throws -> [String: Int] {
        let rows: [(String, Int)] = try db.query(sql) { (try $0.get(0), try $0.get(1)) }
        return Dictionary(rows, uniquingKeysWith: +)
    }
}
