import Glibc
package import Migrations
import OrchCore
package import SQLite

/// Opens the database of a hub, brought to this version's schema.
///
/// Whoever opens it, its connections never checkpoint by themselves: only the daemon does, with `checkpoint` (SQLite before 3.51.3 can
/// damage a database when several do: <https://sqlite.org/wal.html#walresetbug>).
package enum Store {
    /// Who opens it.
    package enum Role: Sendable, Hashable {
        /// The daemon, which holds the hub's lock: waits long for others.
        case daemon
        /// A CLI that writes: inserts commands, or does them itself under the hub's lock.
        case client
        /// A CLI that only reads.
        case readOnly

        /// How long a statement waits for another process.
        var busyLimitMs: Int { self == .daemon ? 30_000 : 5_000 }

        /// How much of the database is kept in memory, in KiB.
        ///
        /// The daemon's transactions come back to the same few megabytes: with SQLite's usual 2 MiB a fifth of its time is reading again.
        var cacheKiB: Int { self == .daemon ? 8_192 : 2_000 }
    }

    /// Opens the database in a folder.
    ///
    /// The daemon and a client make folder and database if they are missing.
    ///
    /// An older database is migrated, after a copy was put beside it; but not under a daemon that runs.
    ///
    /// - Throws: `StoreError` with what to do, for a file that is no database or a damaged one, a newer version's, one that can't be
    ///   written, a full disk, or a network file system.
    package static func open(
        _ folder: OrchFolder,
        role: Role,
        nowMs: Int64,
        migrations: [Migrations.Migration] = Migrations.all,
        fileSystem: (String) throws(StoreError) -> FileSystemKind.Facts = FileSystemKind.facts
    ) throws(StoreError) -> Connection {
        if role != .readOnly { try folder.create() }
        let file = DatabaseFile(path: folder.database)
        // Who writes looks when the file is surely there, and closed to others.
        let seen = role == .readOnly ? try file.state() : nil
        if seen == .missing {
            throw StoreError(
                .noDatabase,
                "there is no database at \(folder.database): run `orch init` in the repository first"
            )
        }
        let facts = try fileSystem(folder.path)
        try check(facts, folder, role)
        do {
            // Nobody can write there, and SQLite can't make the files beside it that it reads a log with.
            if facts.isReadOnly, seen == .database(isWAL: true) { return try readOnlyDisk(folder) }
            if role != .readOnly {
                try file.create()
                try file.closeToOthers()
            }
            let setup = Setup(folder: folder, role: role, nowMs: nowMs, migrations: migrations)
            var isReady = try (seen ?? file.state()) == .database(isWAL: true)
            if isReady {
                let db = try connect(folder, role)
                isReady = try setup.isReady(db)
                if isReady { return db }
            }
            if role == .readOnly { _ = try open(folder, role: .client, nowMs: nowMs, migrations: migrations) }
            if role != .readOnly { try setup.run() }
            return try connect(folder, role)
        } catch let error as SQLiteError {
            throw StoreError(error, path: folder.database)
        } catch let error as StoreError {
            throw error
        } catch {
            throw StoreError(.unwritable, "the database \(folder.database) can't be opened: \(error)")
        }
    }

    /// A database in memory at the newest schema: for tests and measurements.
    package static func inMemory(nowMs: Int64, migrations: [Migrations.Migration] = Migrations.all) throws -> Connection
    {
        let db = try Connection(path: ":memory:", .readWrite(create: true))
        try configure(db, .daemon)
        try Migrator(db, migrations: migrations).migrate(nowMs: nowMs)
        return db
    }

    private static func check(_ facts: FileSystemKind.Facts, _ folder: OrchFolder, _ role: Role) throws(StoreError) {
        if let name = FileSystemKind.refusal(facts) {
            throw StoreError(
                .networkFileSystem,
                """
                \(folder.path) is on \(name), and orch's database needs a local disk: SQLite's write-ahead log shares memory between \
                processes, which a network file system can't do without damage. Clone the repository to a local disk, and run orch there
                """
            )
        }
        guard !facts.isReadOnly || role == .readOnly else {
            throw StoreError(.readOnly, "\(folder.path) is on a disk that is mounted read-only: orch must write there")
        }
    }

    static func connect(_ folder: OrchFolder, _ role: Role) throws -> Connection {
        let access: ConnectionOptions.Access = role == .readOnly ? .readOnly : .readWrite(create: false)
        let db = try Connection(path: folder.database, ConnectionOptions(access, busyLimitMs: role.busyLimitMs))
        // SQLite opens a file that it may not write for reading, and tells only the first writer.
        guard role == .readOnly || !db.isReadOnly else {
            throw StoreError(
                .readOnly,
                "\(folder.database) can't be written: make the file and its folder writable for you"
            )
        }
        try configure(db, role)
        return db
    }

    /// Opens the database on a disk that nobody can write.
    private static func readOnlyDisk(_ folder: OrchFolder) throws -> Connection {
        guard FileFacts(folder.writeAheadLog)?.size ?? 0 == 0 || FileFacts(folder.database + "-shm") != nil else {
            throw StoreError(
                .readOnly,
                """
                \(folder.path) is on a disk that is mounted read-only, and its log was not moved into the database: copy the folder \
                to a disk that can be written, and look there
                """
            )
        }
        let isWhole = FileFacts(folder.writeAheadLog)?.size ?? 0 == 0
        let db = try Connection(path: folder.database, ConnectionOptions(isWhole ? .immutable : .readOnly))
        try configure(db, .readOnly)
        return db
    }

    /// Settings of every connection.
    private static func configure(_ db: Connection, _ role: Role) throws {
        try db.execute(
            "PRAGMA wal_autocheckpoint = 0; PRAGMA foreign_keys = ON; PRAGMA cache_size = -\(role.cacheKiB)"
        )
        if role == .readOnly { try db.execute("PRAGMA query_only = ON") } else { try db.setSynchronous(.full) }
    }

    // MARK: Upkeep

    /// What a look at the write-ahead log led to.
    package enum CheckpointResult: Sendable, Hashable {
        /// It is small.
        case notNeeded
        /// It was moved into the database, and is empty.
        case done
        /// Others were in the way: worth counting, and trying again.
        case busy
    }

    /// Moves the write-ahead log into the database when it is larger than a limit.
    ///
    /// Only for who holds the hub's lock. It waits for others no longer than `limitMs`, for the daemon does nothing else meanwhile: a reader
    /// that stays (a report in a pager) must not stop the hub. What a busy one moved is moved; the log is emptied by a later try.
    package static func checkpoint(
        _ db: Connection,
        _ folder: OrchFolder,
        ifLargerThan limit: Int = 4 << 20,
        limitMs: Int = 100
    ) throws(SQLiteError) -> CheckpointResult {
        guard (FileFacts(folder.writeAheadLog)?.size ?? 0) > limit else { return .notNeeded }
        return try db.checkpoint(limitMs: limitMs) ? .done : .busy
    }

    /// Which files a hub's database is in now: they stay the same for as long as a daemon has them open.
    package static func files(_ folder: OrchFolder) -> [[UInt64]?] {
        [FileFacts(folder.database)?.identity, FileFacts(folder.writeAheadLog)?.identity]
    }

    /// Whether the SQLite in use has the WAL-reset bug, which our way of checkpointing avoids: for `orch doctor`.
    package static var hasWALResetBug: Bool { Connection.libraryVersion.number < 3_051_003 }
}
