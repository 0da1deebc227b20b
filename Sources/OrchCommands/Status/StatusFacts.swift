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

    var daemon: Daemon
    var hub: HubRecord
    var wipUsed: Int
    var server: AppServerRecord?
    /// Open issues by phase.
    var issues: [String: Int]
    /// Live agents with their state, and the issue they work on.
    var agents: [(name: String, state: String, issue: Int?)]
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
            return StatusFacts(
                daemon: daemon(hub.state, isHeld: isHeld),
                hub: hub,
                wipUsed: try tables.agents.wipUsed(),
                server: try db.first("SELECT \(AppServerRecord.columns) FROM app_server WHERE state <> 'ended'") {
                    try AppServerRecord(row: $0)
                },
                issues: try counts("SELECT phase, count(*) FROM issue WHERE state = 'open' GROUP BY phase", db),
                agents: agents,
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

    private static func counts(_ sql: String, _ db: Connection) throws -> [String: Int] {
        let rows: [(String, Int)] = try db.query(sql) { (try $0.get(0), try $0.get(1)) }
        return Dictionary(rows, uniquingKeysWith: +)
    }
}
