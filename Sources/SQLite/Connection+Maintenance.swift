import CSQLite

extension Connection {
    /// Copies the database, as it is at this moment, into another file, replacing what that holds.
    ///
    /// Copies page by page, so that also free pages and what is damaged are kept; writers are not in the way.
    public func backup(to path: String) throws(SQLiteError) {
        let target = try Connection(path: path, .readWrite(create: true, busyLimitMs: busyLimitMs))
        guard let backup = sqlite3_backup_init(target.handle, "main", handle, "main") else {
            throw target.error(sqlite3_extended_errcode(target.handle), "backup")
        }
        // All pages in one step: the copy is one snapshot.
        let stepped = sqlite3_backup_step(backup, -1)
        let finished = sqlite3_backup_finish(backup)
        guard stepped == SQLITE_DONE, finished == SQLITE_OK else {
            let code = stepped == SQLITE_DONE ? finished : stepped
            throw SQLiteError(extendedCode: code, message: String(cString: sqlite3_errstr(code)), sql: "backup")
        }
    }

    /// Writes a compact copy of the database, as it is at this moment, to a file that must not exist or be empty.
    public func vacuum(into path: String) throws(SQLiteError) {
        try run("VACUUM INTO ?", path)
    }

    /// Moves the write-ahead log into the database and empties it; false when others were in the way for longer than the limit.
    ///
    /// Never a passive checkpoint: those don't hold the writer lock, which is what the WAL-reset bug of SQLite before 3.51.3 needs
    /// (<https://sqlite.org/wal.html#walresetbug>). SQLite turns this one into a passive one by itself when it does not get the lock, hence
    /// the many short tries; false is worth counting. One process only may call this. Writers wait meanwhile, so the limit should be
    /// shorter than theirs.
    @discardableResult
    public func checkpoint(limitMs: Int = 2_000) throws(SQLiteError) -> Bool {
        let usualLimit = busy.limitMs
        busy.limitMs = limitMs
        busy.sleepUs = 100...500
        defer {
            busy.limitMs = usualLimit
            busy.sleepUs = BusyWait.usualSleepUs
        }
        let code = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        if code & 0xFF == SQLITE_BUSY || code & 0xFF == SQLITE_LOCKED { return false }
        try check(code, "checkpoint")
        return true
    }

    /// Gives back the memory of pages that are kept to be quick, as far as nothing needs them now.
    public func releaseMemory() {
        sqlite3_db_release_memory(handle)
    }

    /// What `PRAGMA integrity_check` (or the quicker one, without indexes) finds: nothing when all is well.
    public func integrityProblems(quick: Bool = false, limit: Int = 20) throws -> [String] {
        let lines: [String] = try query("PRAGMA \(quick ? "quick_check" : "integrity_check")(\(limit))") {
            try $0.get(0)
        }
        return lines.filter { $0 != "ok" }
    }
}
