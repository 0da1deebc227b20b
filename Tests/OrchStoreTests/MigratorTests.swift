import FoundationEssentials
import Glibc
import Migrations
import OrchStore
import OrchTestSupport
import SQLite
import Testing

struct MigratorTests {
    private static func step(_ version: Int, _ sql: String) -> Migrations.Migration {
        Migrations.Migration(version: version, name: "m000\(version)_test", sql: Array(sql.utf8))
    }

    private let one = step(1, "CREATE TABLE a (x INTEGER PRIMARY KEY); INSERT INTO a VALUES (1);")
    private let two = step(2, "CREATE TABLE b (a INTEGER REFERENCES a (x)); INSERT INTO b VALUES (1);")

    private func open(_ folder: OrchFolder, _ steps: [Migrations.Migration], role: Store.Role = .client) throws
        -> Connection
    {
        try Store.open(folder, role: role, nowMs: TestStore.startMs, migrations: steps)
    }

    private func place() throws -> (TemporaryDirectory, OrchFolder) {
        let directory = try TemporaryDirectory()
        return (directory, OrchFolder(repository: directory.path))
    }

    @Test func `Each step is recorded with its checksum, and the file knows whose it is`() throws {
        let (directory, folder) = try place()
        let db = try open(folder, [one, two])
        let rows = try db.query("SELECT version, name, checksum, applied_at_ms FROM schema_migration ORDER BY version")
        { row in
            (try row.get(0) as Int, try row.get(1) as String, try row.get(2) as String, try row.get(3) as Int64)
        }
        #expect(rows.map(\.0) == [1, 2])
        #expect(rows.map(\.1) == ["m0001_test", "m0002_test"])
        #expect(rows.allSatisfy { $0.2.utf8.count == 64 && $0.3 == TestStore.startMs })
        #expect(try db.scalar("PRAGMA user_version") == 2)
        #expect(try db.scalar("PRAGMA application_id") == Migrator.applicationID)
        withExtendedLifetime(directory) {}
    }

    @Test func `An older database is copied beside itself, then brought up`() throws {
        let (directory, folder) = try place()
        _ = try open(folder, [one])
        let db = try open(folder, [one, two])
        #expect(try db.scalar("SELECT count(*) FROM b") == 1)
        let backup = try #require(directory.list(".orch").first { $0.hasPrefix("orch.db.backup-") })
        #expect(backup == "orch.db.backup-v1-20260101T000000Z")
        #expect(try mode(folder.path + "/" + backup) == 0o600)
        let copy = try Connection(path: folder.path + "/" + backup, .readOnly)
        #expect(try Migrator(copy, migrations: [one]).isNewest())
        #expect(try copy.scalar("SELECT x FROM a") == 1)
    }

    @Test func `A new database has no backup`() throws {
        let (directory, folder) = try place()
        _ = try open(folder, [one, two])
        #expect(try !directory.list(".orch").contains { $0.contains("backup") })
    }

    @Test func `A step that fails leaves the older database as it was`() throws {
        let (directory, folder) = try place()
        _ = try open(folder, [one])
        for bad in [
            "CREATE TABLE c (x); nonsense", "CREATE TABLE c (a INTEGER REFERENCES a (x)); INSERT INTO c VALUES (7)",
        ] {
            #expect(throws: StoreError.self) { try open(folder, [one, Self.step(2, bad)]) }
            let db = try open(folder, [one])
            #expect(try db.scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'c'") == 0)
            #expect(try db.scalar("PRAGMA user_version") == 1)
        }
        withExtendedLifetime(directory) {}
    }

    @Test func `A changed step is refused, naming it`() throws {
        let (directory, folder) = try place()
        _ = try open(folder, [one, two])
        let changed = Self.step(2, "CREATE TABLE b (a)")
        expectStoreError(.wrongVersion, "another build", "migration 2") { try open(folder, [one, changed]) }
        expectStoreError(.wrongVersion, "another build", "migration 2") {
            try open(folder, [one, changed, Self.step(3, "CREATE TABLE c (x)")])
        }
        withExtendedLifetime(directory) {}
    }

    @Test func `A newer database is refused, and not copied`() throws {
        let (directory, folder) = try place()
        _ = try open(folder, [one, two])
        for role in [Store.Role.daemon, .client, .readOnly] {
            expectStoreError(.wrongVersion, "schema 2", "knows 1", "update orch") {
                try open(folder, [one], role: role)
            }
        }
        #expect(try !directory.list(".orch").contains { $0.contains("backup") })
    }

    @Test func `A reader of an older database has it brought up`() throws {
        let (directory, folder) = try place()
        _ = try open(folder, [one])
        let reader = try open(folder, [one, two], role: .readOnly)
        #expect(reader.isReadOnly)
        #expect(try reader.scalar("SELECT count(*) FROM b") == 1)
        withExtendedLifetime(directory) {}
    }

    @Test func `Under a daemon that runs an older database is not brought up`() throws {
        let (directory, folder) = try place()
        _ = try open(folder, [one])
        let daemon = try Child(["/usr/bin/flock", "-n", folder.lock, "/bin/cat"])
        try daemon.waitUntilItRuns()
        let holder =
            #"{"host":"\#(LockHolder.hostName())","pid":1,"purpose":"daemon","started_at_ms":0,"version":"0.9"}"#
        try directory.write(".orch/hub.lock.text", holder)
        // The same file, so that the lock stays: its content alone is replaced.
        let file = Glibc.open(folder.lock, O_WRONLY)
        #expect(write(file, holder, holder.utf8.count) == holder.utf8.count)
        close(file)
        expectStoreError(.wrongVersion, "older orch", "0.9", "process 1 ", "orch stop") {
            try open(folder, [one, two])
        }
        #expect(try open(folder, [one]).scalar("PRAGMA user_version") == 1)
        daemon.end()
        #expect(try open(folder, [one, two]).scalar("PRAGMA user_version") == 2)
    }

    @Test func `A process that holds the hub's lock itself brings it up`() throws {
        let (directory, folder) = try place()
        _ = try open(folder, [one])
        let lock = try HubLock(folder, holder: .current(.command, version: "test", nowMs: 1))
        #expect(try open(folder, [one, two]).scalar("PRAGMA user_version") == 2)
        withExtendedLifetime((lock, directory)) {}
    }

    @Test func `A process that was killed while it copied is no obstacle`() throws {
        let (directory, folder) = try place()
        _ = try open(folder, [one])
        try directory.write(".orch/orch.db.backup-v1-20260101T000000Z.partial", "half")
        _ = try open(folder, [one, two])
        #expect(try directory.list(".orch").filter { $0.contains("backup") } == ["orch.db.backup-v1-20260101T000000Z"])
    }
}

struct MigrationListTests {
    private let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Migrations").path

    @Test func `Every file is listed, in order, with the number of its name`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".sql") }.sorted()
        #expect(Migrations.all.map { $0.name + ".sql" } == files)
        for (index, step) in Migrations.all.enumerated() {
            #expect(step.version == index + 1)
            let digits = String(step.version)
            #expect(step.name.hasPrefix("m" + String(repeating: "0", count: 4 - digits.count) + digits + "_"))
        }
    }

    @Test func `What is embedded is what is on the disk`() throws {
        for step in Migrations.all {
            let data = try #require(FileManager.default.contents(atPath: "\(folder)/\(step.name).sql"))
            #expect([UInt8](data) == step.sql)
        }
    }

    @Test func `All tables are strict, and their references are indexed or small`() throws {
        let db = try Store.inMemory(nowMs: 1)
        let loose: [String] = try db.query(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'"
        ) { try $0.get(0) }
        #expect(loose.isEmpty)
        #expect(try db.integrityProblems().isEmpty)
    }
}
