import Glibc
import Migrations
import OrchCore
import SQLite

/// Makes a database of a folder that `orch export` wrote, for `orch import`.
package enum Import {
    /// Reads a whole export into a folder that has no database yet; all or nothing.
    ///
    /// The database is made under another name, checked (every file's SHA-256, every artifact's bytes, every constraint and foreign key),
    /// brought to this orch's schema, and only then given its name. A kill at any point leaves no database (but perhaps a file
    /// `orch.db.import-…` to be removed by hand). The imported hub is stopped.
    ///
    /// - Throws: `StoreError.alreadyExists` when there is a database, `.invalidExport` for a folder that is not what an export writes,
    ///   `.wrongVersion` for one of a newer orch.
    @discardableResult
    package static func read(from directory: String, into folder: OrchFolder, nowMs: Int64) throws -> ExportSummary {
        let path = directory + "/" + ExportFormat.manifest
        let manifest = try ExportManifest(parsing: InputFile.all(path, limit: 16 << 20), path: path)
        let newest = Migrations.all.last?.version ?? 0
        guard manifest.schema <= newest else {
            throw StoreError(
                .wrongVersion,
                "\(directory) has schema \(manifest.schema), made by a newer orch, and this one knows \(newest): update orch"
            )
        }
        try folder.create()
        try checkAbsent(folder)
        let making = folder.database + ".import-" + String(UInt64.random(in: 0...UInt64.max), radix: 36)
        defer {
            unlink(making)
            unlink(making + "-journal")
        }
        do {
            try load(manifest, from: directory, to: making, nowMs: nowMs)
        } catch let error as SQLiteError {
            throw StoreError(error, path: making)
        }
        try publish(making, as: folder.database, in: folder.path)
        return manifest.summary
    }

    private static func checkAbsent(_ folder: OrchFolder) throws(StoreError) {
        for ending in ["", "-wal", "-shm", "-journal"] {
            var status = stat()
            guard lstat(folder.database + ending, &status) == 0 else { continue }
            throw StoreError(
                .alreadyExists,
                "\(folder.database + ending) exists: an import makes a new database, so move the old one's files away first"
            )
        }
    }

    /// A link fails when the name is taken, which a rename does not.
    private static func publish(_ making: String, as database: String, in folder: String) throws(StoreError) {
        for path in [making, folder] {
            let file = open(path, O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { throw StoreError.system("open", path) }
            defer { close(file) }
            guard fsync(file) == 0 else { throw StoreError.system("bring to the disk", path) }
            if path == making {
                guard link(making, database) == 0 else { throw StoreError.system("make the database", database) }
            }
        }
    }

    private static func load(_ manifest: ExportManifest, from directory: String, to making: String, nowMs: Int64) throws
    {
        let old = umask(0o077)
        defer { umask(old) }
        let db = try Connection(path: making, .readWrite(create: true))
        // Nobody needs this file before it is whole, and then it is brought to the disk as a whole.
        try db.execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF")
        try Migrator(db, migrations: Migrations.all.filter { $0.version <= manifest.schema }).migrate(nowMs: nowMs)
        try db.write {
            let triggers = try takeTriggers(db)
            let shapes = try TableShape.all(db)
            try check(manifest, has: shapes, directory)
            for shape in shapes { try db.run("DELETE FROM \"\(shape.name)\"") }
            try readArtifacts(manifest, directory, db)
            for shape in shapes where shape.name != "artifact" { try readRows(shape, manifest, directory, db) }
            try setSequences(manifest, db)
            try db.run("UPDATE hub SET state = 'stopped', pid = NULL")
            try checkForeignKeys(db, directory)
            for trigger in triggers { try db.execute(trigger) }
        }
        try Migrator(db).migrate(nowMs: nowMs)
    }

    /// Triggers guard what a hub does step by step; here the end state comes at once, and constraints and keys guard that.
    private static func takeTriggers(_ db: Connection) throws -> [String] {
        let found: [(String, String)] = try db.query(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid"
        ) {
            (try $0.get(0), try $0.get(1))
        }
        for (name, _) in found { try db.execute("DROP TRIGGER \"\(name)\"") }
        return found.map(\.1)
    }

    private static func check(_ manifest: ExportManifest, has shapes: [TableShape], _ directory: String)
        throws(StoreError)
    {
        let ours = Set(shapes.map(\.name))
        let theirs = Set(manifest.tables.keys)
        if let missing = ours.subtracting(theirs).min() {
            throw StoreError(.invalidExport, "\(directory) lacks table \(missing): the export is not whole")
        }
        if let extra = theirs.subtracting(ours).min() {
            throw StoreError(
                .invalidExport,
                "\(directory) has a table \(SafeText.line(extra)), which schema \(manifest.schema) has not"
            )
        }
    }

    private static func readRows(_ shape: TableShape, _ manifest: ExportManifest, _ directory: String, _ db: Connection)
        throws
    {
        let line = RowLine(shape)
        try eachLine(of: shape.name, manifest, directory) { bytes, place in
            do {
                try db.run(shape.insert, values: line.values(parsing: bytes))
            } catch let error as RowLineError {
                throw StoreError(.invalidExport, "\(place) \(error.words)")
            } catch let error as SQLiteError where error.isConstraint {
                throw StoreError(.invalidExport, "\(place) breaks a rule of table \(shape.name): \(error.message)")
            }
        }
    }

    private static func readArtifacts(_ manifest: ExportManifest, _ directory: String, _ db: Connection) throws {
        let store = ArtifactStore(db: db)
        var total = 0
        try eachLine(of: "artifact", manifest, directory) { bytes, place in
            let entry = try ArtifactEntry(parsing: bytes, place: place)
            guard try !store.contains(entry.id) else {
                throw StoreError(.invalidExport, "\(place) names artifact \(entry.id) a second time")
            }
            let file = try InputFile("\(directory)/\(ExportFormat.artifacts)/\(entry.id)")
            var size = 0
            do {
                try store.put(id: entry.id, nowMs: entry.createdAtMs) {
                    let piece = try file.next()
                    size += piece.count
                    return piece.isEmpty ? nil : piece
                }
            } catch let error as StoreError where error.code == .corruptArtifact {
                throw StoreError(.invalidExport, "\(file.path) is not what its name says: its SHA-256 is another")
            }
            guard size == entry.size else {
                throw StoreError(
                    .invalidExport,
                    "\(file.path) has \(size) bytes, and \(place) says \(entry.size)"
                )
            }
            total += size
        }
        guard total == manifest.bytes else {
            throw StoreError(
                .invalidExport,
                "the artifacts of \(directory) have \(total) bytes, and the manifest says \(manifest.bytes)"
            )
        }
    }

    /// Hands on each line of a table's file with its place, and checks at the end that the file was what the manifest says.
    private static func eachLine(
        of table: String,
        _ manifest: ExportManifest,
        _ directory: String,
        body: ([UInt8], String) throws -> Void
    ) throws {
        guard let expected = manifest.tables[table] else { return }
        let file = try InputFile(directory + "/" + expected.name)
        var rows = 0
        while let line = try file.line() {
            rows += 1
            try body(line, "\(file.path) line \(rows)")
        }
        guard rows == expected.rows else {
            throw StoreError(.invalidExport, "\(file.path) has \(rows) rows, and the manifest says \(expected.rows)")
        }
        guard file.digest() == expected.sha256 else {
            throw StoreError(
                .invalidExport,
                "\(file.path) was changed after the export: its SHA-256 is not that of the manifest"
            )
        }
    }

    private static func setSequences(_ manifest: ExportManifest, _ db: Connection) throws {
        for (table, last) in manifest.sequences {
            guard manifest.tables[table] != nil else { continue }
            try db.run("DELETE FROM sqlite_sequence WHERE name = ?", table)
            let newest: Int64 = try db.scalar("SELECT max(rowid) FROM \"\(table)\"") ?? 0
            try db.run("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", table, max(last, newest))
        }
    }

    private static func checkForeignKeys(_ db: Connection, _ directory: String) throws {
        let broken: (String, String)? = try db.first("PRAGMA foreign_key_check") { (try $0.get(0), try $0.get(2)) }
        guard let (table, parent) = broken else { return }
        throw StoreError(
            .invalidExport,
            "\(directory)/\(ExportFormat.file(of: table)) names a row of table \(parent) that the export has not"
        )
    }
}
