import Glibc
package import SQLite

/// Opens the database of a hub, brought to this version's schema.
package enum Store {
    /// Who opens it.
    package enum Role: Sendable, Hashable {
        /// The daemon: waits long for locks.
        case daemon
        /// A CLI that may insert commands.
        case client
    }

    /// Opens the database in a folder, and makes both if they are missing.
    ///
    /// - Throws: `StoreError` with what to do, for a file that is no database, a newer version's, one that can't be written, or a network
    ///   file system.
    package static func open(
        _ folder: OrchFolder,
        role: Role,
        nowMs: Int64,
        networkFileSystem: (String) throws -> String? = { path in try FileSystemKind.network(at: path) }
    ) throws -> Connection {
        try folder.create()
        if let name = try networkFileSystem(folder.path) {
            throw StoreError(
                .networkFileSystem,
                "\(folder.path) is on \(name): SQLite's WAL needs a local disk. Clone the repository to one, and run orch there"
            )
        }
        // SQLite gives -wal and -shm the mode of the database.
        let old = umask(0o077)
        defer { umask(old) }
        do {
            let db = try Connection(
                path: folder.database,
                ConnectionOptions(.readWrite(create: true), busyLimitMs: role == .daemon ? 30_000 : 5_000)
            )
            try configure(db)
            try Migrator(db).migrate(nowMs: nowMs) { version in "\(folder.database).backup-v\(version)-\(nowMs)" }
            return db
        } catch let error as SQLiteError {
            throw explain(error, folder.database)
        }
    }

    /// Settings of every connection.
    ///
    /// Only the daemon checkpoints, by itself: never automatically.
    package static func configure(_ db: Connection) throws {
        // Reads the file's header: asking for WAL mode alone does not say that the file is no database.
        let _: Int? = try db.scalar("SELECT count(*) FROM sqlite_schema")
        let mode: String? = try db.scalar("PRAGMA journal_mode = WAL")
        guard mode == "wal" || db.path == ":memory:" else {
            throw StoreError(.unwritable, "\(db.path) can't be put into WAL mode (it is in \(mode ?? "no") mode)")
        }
        try db.execute("PRAGMA wal_autocheckpoint = 0; PRAGMA foreign_keys = ON")
        try db.setSynchronous(.full)
    }

    private static func explain(_ error: SQLiteError, _ path: String) -> StoreError {
        if error.isCorrupt || error.isNotADatabase {
            return StoreError(
                .notADatabase,
                "\(path) is no SQLite database, or a damaged one (\(error.message)): restore a backup, or move it away"
            )
        }
        if error.isFull {
            return StoreError(.unwritable, "the disk that holds \(path) is full: free some room; nothing was lost")
        }
        if error.isReadOnly {
            return StoreError(.unwritable, "\(path) can't be written: check its permissions and its disk")
        }
        return StoreError(.unwritable, "\(path): \(error.message) (SQLite \(error.extendedCode))")
    }
}
