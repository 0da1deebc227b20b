import Crypto
package import Migrations
package import SQLite

/// Brings a database to this version's schema.
///
/// Each step is recorded with its checksum in `schema_migration`, in the transaction that makes it. `PRAGMA user_version` repeats the
/// version, and `PRAGMA application_id` says whose database it is, so that a start that finds nothing to do takes no lock for writing.
package struct Migrator {
    /// `orch` in ASCII: what `file(1)` and we know a database of orch by.
    package static let applicationID = 0x6F72_6368

    let db: Connection
    let migrations: [Migrations.Migration]

    /// A migrator for an open database.
    package init(_ db: Connection, migrations: [Migrations.Migration] = Migrations.all) {
        self.db = db
        self.migrations = migrations
    }

    /// The version of the schema that this program knows.
    package var newest: Int { migrations.last?.version ?? 0 }

    /// The version of the database: 0 for an empty one.
    package func version() throws -> Int {
        try db.scalar("PRAGMA user_version") ?? 0
    }

    /// Whether the database is at the newest schema.
    ///
    /// - Throws: `StoreError.notADatabase` for another program's, `.wrongVersion` for one of a newer orch, or with other steps than ours.
    package func isNewest() throws -> Bool {
        let found = try version()
        try checkOwner(found)
        guard found <= newest else {
            throw StoreError(
                .wrongVersion,
                "the database \(db.path) has schema \(found), made by a newer orch, and this one knows \(newest): update orch"
            )
        }
        if found > 0 { try verify(through: found) }
        return found == newest
    }

    /// Makes the steps that are missing, all or none.
    ///
    /// An existing database is copied first, by `backup`, which gets its version.
    ///
    /// - Throws: as `isNewest`.
    package func migrate(nowMs: Int64, backup: (Int) throws -> Void = { _ in }) throws {
        if try isNewest() { return }
        let old = try version()
        if old > 0 { try backup(old) }
        try db.write {
            let found = try version()  // another process may have been faster
            for step in migrations where step.version > found { try apply(step, nowMs: nowMs) }
            try checkReferences()
        }
    }

    private func apply(_ step: Migrations.Migration, nowMs: Int64) throws {
        if step.version == 1 {
            try db.execute(
                """
                PRAGMA application_id = \(Self.applicationID);
                CREATE TABLE schema_migration (
                    version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at_ms INTEGER NOT NULL
                ) STRICT;
                """
            )
        }
        try db.execute(String(decoding: step.sql, as: UTF8.self))
        try db.run(
            "INSERT INTO schema_migration (version, name, checksum, applied_at_ms) VALUES (?, ?, ?, ?)",
            step.version,
            step.name,
            Self.checksum(step.sql),
            nowMs
        )
        try db.execute("PRAGMA user_version = \(step.version)")
    }

    /// A step that rebuilds a table must leave no row that refers to nothing.
    private func checkReferences() throws {
        let broken: [String] = try db.query("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check") { try $0.get(0) }
        guard broken.isEmpty else {
            throw StoreError(
                .corrupted,
                "rows of \(broken.joined(separator: ", ")) in \(db.path) refer to what is not there"
            )
        }
    }

    private func checkOwner(_ version: Int) throws {
        let owner: Int = try db.scalar("PRAGMA application_id") ?? 0
        let tables: Int = try db.scalar("SELECT count(*) FROM sqlite_schema") ?? 0
        let isOurs = version > 0 ? owner == Self.applicationID && tables > 0 : tables == 0
        guard isOurs else {
            throw StoreError(
                .notADatabase,
                "\(db.path) is a database of another program: move it away, or restore a backup"
            )
        }
    }

    private func verify(through version: Int) throws {
        let known: [[String]] = try db.query("SELECT version, name, checksum FROM schema_migration ORDER BY version") {
            row in
            [try String(row.get(0) as Int), try row.get(1), try row.get(2)]
        }
        let ours = migrations.prefix { $0.version <= version }
        for (index, step) in ours.enumerated() {
            let expected = [String(step.version), step.name, Self.checksum(step.sql)]
            guard index < known.count, known[index] == expected else {
                throw StoreError(
                    .wrongVersion,
                    """
                    the database \(db.path) was made by another build of orch: its migration \(step.version) is not this one's \
                    \(step.name). Use the orch that made it, or export with that one and import with this
                    """
                )
            }
        }
        guard known.count == ours.count else {
            throw StoreError(
                .wrongVersion,
                "the database \(db.path) lists more migrations than its version \(version): update orch"
            )
        }
    }

    private static func checksum(_ bytes: [UInt8]) -> String { hex(SHA256.hash(data: bytes)) }
}
