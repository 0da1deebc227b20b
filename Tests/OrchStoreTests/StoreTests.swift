import Foundation
import Glibc
import OrchStore
import OrchTestSupport
import SQLite
import Testing

struct StoreTests {
    private func place() throws -> (TemporaryDirectory, OrchFolder) {
        let directory = try TemporaryDirectory()
        return (directory, OrchFolder(repository: directory.path))
    }

    private func open(_ folder: OrchFolder, _ role: Store.Role = .client) throws -> Connection {
        try Store.open(folder, role: role, nowMs: TestStore.startMs)
    }

    @Test(arguments: [Store.Role.daemon, .client])
    func `A new database is at the newest schema, private, and in WAL mode`(role: Store.Role) throws {
        let store = try TestStore.onDisk(role: role)
        let folder = try #require(store.folder)
        #expect(try Migrator(store.db).isNewest())
        #expect(try store.db.scalar("PRAGMA journal_mode") == "wal")
        #expect(try store.db.scalar("PRAGMA foreign_keys") == 1)
        #expect(try store.db.scalar("PRAGMA synchronous") == 2)
        #expect(try store.db.scalar("PRAGMA wal_autocheckpoint") == 0)
        #expect(store.db.busyLimitMs == (role == .daemon ? 30_000 : 5_000))
        for name in ["", "-wal", "-shm"] { #expect(try mode(folder.database + name) == 0o600) }
        #expect(try mode(folder.path) == 0o700)
    }

    @Test func `Files that others may read are closed to them`() throws {
        let store = try TestStore.onDisk()
        let folder = try #require(store.folder)
        chmod(folder.database, 0o644)
        chmod(folder.writeAheadLog, 0o666)
        _ = try store.another()
        #expect(try mode(folder.database) == 0o600)
        #expect(try mode(folder.writeAheadLog) == 0o600)
    }

    @Test func `Opening again changes nothing, and takes no lock for writing`() throws {
        let store = try TestStore.onDisk()
        try store.rows.issue("kept")
        try store.db.write {
            let other = try store.another()
            other.busyLimitMs = 0
            #expect(try HubTables(other).issues.find(1)?.title == "kept")
            #expect(try store.another(role: .readOnly).scalar("SELECT title FROM issue") == "kept")
        }
    }

    /// The kernel's lines about this process's locks on a file.
    private func locks(on path: String) throws -> [String] {
        var info = stat()
        try #require(lstat(path, &info) == 0)
        return try String(contentsOfFile: "/proc/locks", encoding: .utf8).split(separator: "\n").map(String.init).filter
        {
            $0.contains("POSIX") && $0.contains(" \(getpid()) ") && $0.contains(":\(info.st_ino) ")
        }
    }

    @Test func `A second opening leaves the locks of the first: else others would remove the log from under it`() throws
    {
        let store = try TestStore.onDisk()
        let folder = try #require(store.folder)
        try store.rows.issue("one")
        let before = try locks(on: folder.database)
        #expect(!before.isEmpty, "a connection in WAL mode holds a lock on its database")
        for role in [Store.Role.readOnly, .client, .daemon] {
            _ = try Store.open(folder, role: role, nowMs: TestStore.startMs)
            #expect(try !locks(on: folder.database).isEmpty, "\(role)")
        }
    }

    @Test func `The order of who reads reads only`() throws {
        let store = try TestStore.onDisk()
        let reader = try store.another(role: .readOnly)
        let error = #expect(throws: SQLiteError.self) { try HubTables(reader).issues.setPriority(1, 2) }
        #expect(error?.isReadOnly == true)
    }

    @Test func `A reader makes no database`() throws {
        let (directory, folder) = try place()
        expectStoreError(.noDatabase, "orch init") { try open(folder, .readOnly) }
        #expect(try directory.list().isEmpty)
    }

    @Test func `Two that make the database at once both get it`() async throws {
        let (directory, folder) = try place()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let db = try Store.open(folder, role: .client, nowMs: 1)
                    return try db.scalar("SELECT count(*) FROM schema_migration") ?? 0
                }
            }
            for try await count in group { #expect(try count == Migrator(Store.inMemory(nowMs: 1)).newest) }
        }
        withExtendedLifetime(directory) {}
    }

    @Test(arguments: ["no database\n", "SQLite format 2\0 and more", "x"])
    func `A file that is no database is refused, and left as it is`(text: String) throws {
        let (directory, folder) = try place()
        let long = String(repeating: text, count: 200)
        try directory.write(".orch/orch.db", long)
        for role in [Store.Role.daemon, .client, .readOnly] {
            expectStoreError(.notADatabase, "no SQLite database", "move it away") { try open(folder, role) }
        }
        #expect(try directory.read(".orch/orch.db") == long)
    }

    @Test func `Another program's database is refused, and left as it is`() throws {
        let (directory, folder) = try place()
        try directory.folder(".orch")
        let other = try Connection(path: folder.database, .readWrite(create: true))
        try other.execute("CREATE TABLE bookmarks (x)")
        expectStoreError(.notADatabase, "another program") { try open(folder) }
        #expect(try other.scalar("SELECT count(*) FROM sqlite_schema") == 1)
        #expect(try other.scalar("PRAGMA journal_mode") == "delete")
        try other.execute("PRAGMA user_version = 1")
        expectStoreError(.notADatabase, "another program") { try open(folder) }
    }

    @Test func `A folder or a link in the database's place is refused`() throws {
        let (directory, folder) = try place()
        try directory.folder(".orch/orch.db")
        expectStoreError(.notADatabase, "is a folder") { try open(folder) }
        rmdir(folder.database)
        symlink("/etc/hostname", folder.database)
        expectStoreError(.notADatabase, "a symbolic link") { try open(folder) }
    }

    @Test func `A database that was cut off is refused`() throws {
        let (directory, folder) = try place()
        try fill(folder)
        truncate(folder.database, 20_480)
        for role in [Store.Role.daemon, .client, .readOnly] {
            expectStoreError(.corrupted, "shorter than it says", "backup") { try open(folder, role) }
        }
        truncate(folder.database, 60)
        expectStoreError(.corrupted, "damaged header") { try open(folder) }
        truncate(folder.database, 0)
        // Now it is as good as new, and that is no reason to make a new one over a log with content.
        try directory.write(".orch/orch.db-wal", "something")
        expectStoreError(.corrupted, "is empty, and its log") { try open(folder) }
        #expect(try directory.read(".orch/orch.db-wal") == "something")
    }

    @Test func `A database with a damaged schema is refused`() throws {
        let (directory, folder) = try place()
        try fill(folder)
        let file = Glibc.open(folder.database, O_RDWR)
        let garbage = [UInt8](repeating: 0xAA, count: 3_900)
        #expect(pwrite(file, garbage, garbage.count, 110) == garbage.count)
        close(file)
        expectStoreError(.corrupted, "damaged", "backup") { try open(folder) }
        withExtendedLifetime(directory) {}
    }

    /// A database whose log is empty: all of it is in the file.
    private func fill(_ folder: OrchFolder) throws {
        let db = try open(folder, .daemon)
        let rows = RowFactory(HubTables(db))
        for number in 0..<50 { try rows.issue("issue \(number)", body: String(repeating: "text ", count: 200)) }
        #expect(try Store.checkpoint(db, folder, ifLargerThan: 0) == .done)
        #expect(try Store.checkpoint(db, folder, ifLargerThan: 0) == .notNeeded)
    }

    @Test func `A database of a newer orch is refused, and says so`() throws {
        let store = try TestStore.onDisk()
        let folder = try #require(store.folder)
        try store.db.execute("PRAGMA user_version = 99")
        for role in [Store.Role.daemon, .client, .readOnly] {
            expectStoreError(.wrongVersion, "schema 99, made by a newer orch", "update orch") { try open(folder, role) }
        }
    }

    @Test(arguments: ["nfs4", "cifs", "fuse.sshfs", "lustre"])
    func `A network file system is refused, with the reason and the way out`(type: String) throws {
        let (directory, folder) = try place()
        expectStoreError(.networkFileSystem, "local disk", "write-ahead log", "Clone the repository") {
            try Store.open(folder, role: .client, nowMs: 1) { _ in .init(type: type) }
        }
        #expect(try !directory.list(".orch").contains("orch.db"))
    }

    @Test func `A disk that is mounted read-only is refused, but may be read`() throws {
        let store = try TestStore.onDisk()
        let folder = try #require(store.folder)
        expectStoreError(.readOnly, "mounted read-only") {
            try Store.open(folder, role: .client, nowMs: 1) { _ in .init(type: "ext4", isReadOnly: true) }
        }
        let reader = try Store.open(folder, role: .readOnly, nowMs: 1) { _ in .init(type: "ext4", isReadOnly: true) }
        #expect(try reader.scalar("SELECT count(*) FROM issue") == 0)
    }

    @Test func `A disk that nobody can write is read without the files that SQLite would make there`() throws {
        let directory = try TemporaryDirectory()
        let folder = OrchFolder(repository: try directory.folder("a b?%ü"))
        do {
            let db = try Store.open(folder, role: .daemon, nowMs: 1)
            _ = try HubTables(db).issues.create(number: nil, title: "x", body: "", author: "a", nowMs: 1)
            #expect(try Store.checkpoint(db, folder, ifLargerThan: 0) == .done)
        }
        for name in ["-wal", "-shm"] { unlink(folder.database + name) }
        let reader = try Store.open(folder, role: .readOnly, nowMs: 1) { _ in .init(type: "ext4", isReadOnly: true) }
        #expect(try reader.scalar("SELECT count(*) FROM issue") == 1)
        #expect(!FileManager.default.fileExists(atPath: folder.database + "-shm"))
    }

    @Test func `What to do about a damaged database names the backups that there are`() throws {
        let (directory, folder) = try place()
        try folder.create()
        try directory.write(".orch/orch.db", "no database")
        expectStoreError(.notADatabase, "there is no backup beside it") { try open(folder) }
        for name in [
            "v2-20260102T000000Z", "v10-20260103T000000Z", "v1-20260101T000000Z", "v11-20260104T000000Z.partial",
        ] {
            try directory.write(".orch/orch.db.backup-\(name)", "x")
        }
        expectStoreError(.notADatabase, "put the backup \(folder.database).backup-v10-20260103T000000Z in its place") {
            try open(folder)
        }
    }

    @Test func `A backup that was put back is a database again`() throws {
        let (directory, folder) = try place()
        try fill(folder)
        try open(folder).vacuum(into: directory.file("copy"))
        for name in ["", "-wal", "-shm"] { unlink(folder.database + name) }
        rename(directory.file("copy"), folder.database)
        let db = try open(folder)
        #expect(try db.scalar("PRAGMA journal_mode") == "wal")
        #expect(try db.scalar("SELECT count(*) FROM issue") == 50)
    }

    @Test(arguments: [
        (13, StoreError.Code.diskFull, "is full"), (8, .readOnly, "can't be written"), (778, .unwritable, "the disk"),
        (11, .corrupted, "damaged"), (26, .notADatabase, "no SQLite database"), (5, .busy, "locked"),
        (14, .unwritable, "can't be opened"),
        (1, .unwritable, "refuses"),
    ])
    func `What SQLite says is told in words`(code: Int32, kind: StoreError.Code, words: String) {
        let error = StoreError(SQLiteError(extendedCode: code, message: "its words"), path: "/repo/.orch/orch.db")
        #expect(error.code == kind)
        #expect(error.message.contains(words))
        #expect(error.message.contains("/repo/.orch/orch.db"))
        #expect(error.message.contains("its words"))
    }

    @Test func `A checkpoint is made when the log is large, and not before`() throws {
        let store = try TestStore.onDisk(role: .daemon)
        let folder = try #require(store.folder)
        #expect(try Store.checkpoint(store.db, folder) == .notNeeded)
        try store.db.write {
            for number in 0..<300 { try store.rows.issue("\(number)", body: String(repeating: "x", count: 20_000)) }
        }
        #expect(try Store.checkpoint(store.db, folder) == .done)
    }

    @Test func `A reader that stays puts a checkpoint off, and is not disturbed`() throws {
        let store = try TestStore.onDisk(role: .daemon)
        let folder = try #require(store.folder)
        let reader = try store.another(role: .readOnly)
        let count = { try reader.scalar("SELECT count(*) FROM issue") as Int? }
        try reader.read {
            #expect(try count() == 0)
            try store.rows.issue()
            #expect(try Store.checkpoint(store.db, folder, ifLargerThan: 0, limitMs: 1) == .busy)
            #expect(try count() == 0)
        }
        #expect(try Store.checkpoint(store.db, folder, ifLargerThan: 0) == .done)
        #expect(try Store.checkpoint(store.db, folder, ifLargerThan: 0) == .notNeeded)
        #expect(try count() == 1)
    }
}
