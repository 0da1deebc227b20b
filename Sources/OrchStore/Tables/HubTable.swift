import SQLite

/// The hub's one row.
package struct HubTable {
    let db: Connection

    /// The row.
    package func get() throws -> HubRecord {
        guard
            let hub = try db.first("SELECT \(HubRecord.columns) FROM hub WHERE id = 1", map: { try HubRecord(row: $0) })
        else { throw StoreError(.missingRow, "the hub's row is missing from the database") }
        return hub
    }

    /// The epoch alone: what each write of a daemon checks (I1).
    package func epoch() throws -> Int64 {
        try db.scalar("SELECT epoch FROM hub WHERE id = 1") ?? 0
    }

    /// A daemon starts: the epoch grows by one.
    package func start(
        pid: Int64,
        host: String,
        version: String,
        repository: String,
        baseBranch: String?,
        settings: String,
        nowMs: Int64
    ) throws -> Int64 {
        try db.run(
            """
            UPDATE hub SET epoch = epoch + 1, state = 'running', pid = ?, host = ?, version = ?, repository = ?,
                base_branch = ?, settings = ?, started_at_ms = ?, heartbeat_at_ms = ?
            """,
            pid,
            host,
            version,
            repository,
            baseBranch,
            settings,
            nowMs,
            nowMs
        )
        return try epoch()
    }

    /// The daemon is alive.
    package func beat(nowMs: Int64) throws {
        try db.run("UPDATE hub SET heartbeat_at_ms = ?", nowMs)
    }

    /// The daemon's state.
    package func setState(_ state: String) throws {
        try db.run("UPDATE hub SET state = ?", state)
    }

    /// Whether control blocks are executed without asking.
    package func setAutopilot(_ on: Bool) throws {
        try db.run("UPDATE hub SET autopilot = ?, told_suppressed = 0", on)
    }

    /// Whether agents have full access.
    package func setDangerous(_ on: Bool) throws {
        try db.run("UPDATE hub SET dangerous = ?", on)
    }

    /// Whether there is an orchestrator.
    package func setOrchestrator(_ on: Bool) throws {
        try db.run("UPDATE hub SET orchestrator = ?", on)
    }

    /// How many sub-agents may live at once.
    package func setWIP(_ limit: Int) throws {
        try db.run("UPDATE hub SET wip = ?", limit)
    }

    /// Holds new work.
    package func setPaused(_ paused: Bool, reason: String?) throws {
        try db.run("UPDATE hub SET paused = ?, paused_reason = ?", paused, reason)
    }

    /// Holds all turns until the account's limit resets.
    package func setQuota(untilMs: Int64?, reason: String?) throws {
        try db.run("UPDATE hub SET quota_until_ms = ?, quota_reason = ?", untilMs, reason)
    }

    /// The orchestrator was told that its control blocks are suppressed.
    package func setToldSuppressed() throws {
        try db.run("UPDATE hub SET told_suppressed = 1")
    }
}

extension HubTable {
    /// The settings in force, as JSON text, for status and doctor.
    package func setSettings(_ json: String) throws {
        try db.run("UPDATE hub SET settings = ?", json)
    }
}
