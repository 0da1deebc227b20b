package import OrchCore
package import SQLite

/// The client's side of `command`: what people ask of the hub, inserted by any process and executed by the daemon, in order, once.
package struct CommandQueue {
    let db: Connection

    /// The commands of a database.
    package init(_ db: Connection) {
        self.db = db
    }

    /// Asks for something; the command's id.
    ///
    /// It is on the disk when this returns.
    package func insert(_ kind: String, _ payload: JSONValue, source: String, nowMs: Int64) throws -> Int64 {
        try db.write {
            try db.run(
                "INSERT INTO command (kind, payload, source, created_at_ms) VALUES (?, ?, ?, ?)",
                kind,
                payload.canonicalText,
                source,
                nowMs
            )
            return db.lastInsertRowID
        }
    }

    /// The command with this id.
    package func find(_ id: Int64) throws -> CommandRecord? {
        try CommandTable(db: db).find(id)
    }

    /// Waits for what becomes of a command; nil when it is still waiting after the limit.
    ///
    /// Looks often at first, since the hub answers within milliseconds, then each 25 ms. A look that finds that nobody has written costs
    /// some microseconds.
    package func wait(_ id: Int64, limit: Duration) async throws -> CommandRecord? {
        let clock = ContinuousClock()
        let end = clock.now + limit
        var pause = Duration.microseconds(500)
        var seen: Int64?
        while true {
            let version = try db.dataVersion()
            if version != seen {
                seen = version
                if let command = try find(id), command.status != .pending { return command }
            }
            let left = end - clock.now
            guard left > .zero else { return nil }
            try await Task.sleep(for: min(pause, left), clock: clock)
            pause = min(pause * 5 / 4, .milliseconds(25))
        }
    }
}
