import Migrations
import OrchCore
import SQLite

/// Makes a database, or brings it to the newest schema, while no other process does.
struct Setup {
    let folder: OrchFolder
    let role: Store.Role
    let nowMs: Int64
    let migrations: [Migrations.Migration]

    /// How long to wait for another process that is at it.
    static let limitMs = 30_000

    /// Whether nothing is to be done; takes no lock for writing.
    ///
    /// - Throws: `StoreError` for a database that is not ours or of a newer orch.
    func isReady(_ db: Connection) throws -> Bool {
        try Migrator(db, migrations: migrations).isNewest()
    }

    /// Does what is missing.
    func run() throws {
        guard let lock = try FileLock.wait(folder.setupLock, limitMs: Self.limitMs) else {
            throw StoreError(
                .busy,
                "another orch has been setting up \(folder.database) for too long: look for a process that hangs"
            )
        }
        defer { withExtendedLifetime(lock) {} }
        let db = try Store.connect(folder, role)
        let migrator = Migrator(db, migrations: migrations)
        // Another process may have been faster; and this refuses what is not ours before anything is written.
        let isNewest = try migrator.isNewest()
        let mode: String? = try db.scalar("PRAGMA journal_mode = WAL")
        guard mode == "wal" else {
            throw StoreError(
                .unwritable,
                "\(folder.database) can't be put into WAL mode (it is in \(mode ?? "no") mode)"
            )
        }
        if isNewest { return }
        let hubLock = try lockHub(from: try migrator.version())
        defer { withExtendedLifetime(hubLock) {} }
        try migrator.migrate(nowMs: nowMs) { version in
            try backup(db, version: version)
        }
    }

    /// An existing database is not migrated under a running daemon, which knows the older schema only.
    private func lockHub(from version: Int) throws -> HubLock? {
        guard version > 0, role != .daemon else { return nil }
        let holder = LockHolder.current(.command, version: "migration", nowMs: nowMs)
        do throws(HubLockError) {
            return try HubLock(folder, holder: holder)
        } catch {
            guard case .held(let other, _) = error else { throw error }
            // This very process may have taken it, to do a command itself.
            if let other, other.pid == holder.pid, other.host == holder.host { return nil }
            let who = other.map { "\($0.version), \($0)" } ?? "it has not said which"
            throw StoreError(
                .wrongVersion,
                "the database of an older orch is in use by the hub that runs here (\(who)): end it with `orch stop`, then start the new one"
            )
        }
    }

    /// Copies the database beside itself: complete, or not there at all.
    private func backup(_ db: Connection, version: Int) throws {
        let time = Timestamp.utc(nowMs).filter { $0 != ":" && $0 != "-" }
        let path = "\(folder.database).backup-v\(version)-\(time)"
        try BackupFile.write(db, to: path)
    }
}
