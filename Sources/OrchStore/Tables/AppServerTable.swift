import SQLite

/// The app-server processes, at rest.
package struct AppServerTable {
    let db: Connection

    /// The process that runs, or is being started.
    package func live() throws -> AppServerRecord? {
        try db.first("SELECT \(AppServerRecord.columns) FROM app_server WHERE state <> 'ended'") {
            try AppServerRecord(row: $0)
        }
    }

    /// Records that a process is about to be started.
    package func create(mode: String, token: String, socket: String?, fingerprint: String? = nil, nowMs: Int64) throws
        -> Int64
    {
        try db.run(
            "INSERT INTO app_server (mode, state, token, socket, fingerprint, started_at_ms) VALUES (?, 'starting', ?, ?, ?, ?)",
            mode,
            token,
            socket,
            fingerprint,
            nowMs
        )
        return db.lastInsertRowID
    }

    /// The process runs.
    package func setRunning(_ id: Int64, pid: Int64?, startTime: Int64?, bootID: String?, version: String?) throws {
        try db.run(
            """
            UPDATE app_server SET state = 'running', pid = coalesce(?, pid), start_time = coalesce(?, start_time),
                boot_id = coalesce(?, boot_id), version = coalesce(?, version) WHERE id = ?
            """,
            pid,
            startTime,
            bootID,
            version,
            id
        )
    }

    /// The process is gone.
    package func setEnded(_ id: Int64, reason: String, nowMs: Int64) throws {
        try db.run(
            "UPDATE app_server SET state = 'ended', reason = ?, ended_at_ms = ? WHERE id = ? AND state <> 'ended'",
            reason,
            nowMs,
            id
        )
    }
    /// How many processes ended since a time.
    package func endedSince(_ ms: Int64) throws -> Int {
        try db.scalar("SELECT count(*) FROM app_server WHERE ended_at_ms >= ?", ms) ?? 0
    }
}
