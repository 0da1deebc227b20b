import Crypto
import Migrations
package import SQLite

/// Brings a database to this version's schema.
///
/// Each step is recorded with its checksum in `schema_migration`, in the transaction that makes it. `PRAGMA user_version` repeats the
/// version, so that a start that finds nothing to do takes no lock.
package struct Migrator {
    let db: Connection
    /// The version of the schema that this program knows.
    package static var newest: Int { Migrations.all.last?.version ?? 0 }

    /// A migrator for an open database.
    package init(_ db: Connection) {
        self.db = db
    }

    /// The version of the database: 0 for an empty one.
    package func version() throws -> Int {
        try db.scalar("PRAGMA user_version") ?? 0
    }

    /// Makes the steps that are missing.
    ///
    /// An existing database is copied first, to the file that `backup` names.
    ///
    /// - Throws: `StoreError.wrongVersion` for a database of a newer orch, and for one whose history has other steps than ours.
    package func migrate(nowMs: Int64, backup: (Int) -> String?) throws {
        let found = try version()
        guard found <= Self.newest else {
            throw StoreError(
                .wrongVersion,
                "the database \(db.path) has schema \(found), made by a newer orch; this one knows \(Self.newest): update orch"
            )
        }
        if found == Self.newest { return try verify(through: found) }
        if found > 0 {
            try verify(through: found)
            if let path = backup(found) { try db.copy(to: path) }
        }
        try db.write {
            try db.execute(
                """
                CREATE TABLE IF NOT EXISTS schema_migration (
                    version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at_ms INTEGER NOT NULL) STRICT
                """
            )
            let now = try version()  // another process may have been faster
            for step in Migrations.all where step.version > now {
                try db.execute(String(decoding: step.sql, as: UTF8.self))
                try db.run(
                    "INSERT INTO schema_migration VALUES (?, ?, ?, ?)",
                    step.version,
                    step.name,
                    Self.checksum(step.sql),
                    nowMs
                )
                try db.execute("PRAGMA user_version = \(step.version)")
            }
        }
    }

    private func verify(through version: Int) throws {
        let known: [(Int, String)] = try db.query("SELECT version, checksum FROM schema_migration ORDER BY version") {
            (try $0.get(0), try $0.get(1))
        }
        let ours = Migrations.all.prefix { $0.version <= version }.map { ($0.version, Self.checksum($0.sql)) }
        guard known.elementsEqual(ours, by: ==) else {
            throw StoreError(
                .wrongVersion,
                "the database \(db.path) has a schema history that is not this orch's: it was made by another build"
            )
        }
    }

    private static func checksum(_ bytes: [UInt8]) -> String { hex(SHA256.hash(data: bytes)) }
}

/// Bytes as lower-case hexadecimal digits.
func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
