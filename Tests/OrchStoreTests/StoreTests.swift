import Foundation
import OrchCore
import OrchStore
import SQLite
import Testing

/// A folder that goes when the test has ended.
struct Scratch: ~Copyable {
    let folder: OrchFolder

    init() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "orch-test-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        folder = OrchFolder(repository: path)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder.repository)  // a leftover folder is no failure of a test
    }

    func open() throws -> Connection { try Store.open(folder, role: .client, nowMs: 1) }

    func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }
}

struct StoreTests {
    @Test func `A new database is at the newest schema, private, and in WAL mode`() throws {
        let scratch = try Scratch()
        let db = try scratch.open()
        #expect(try Migrator(db).version() == Migrator.newest)
        #expect(try db.scalar("PRAGMA journal_mode") == "wal")
        #expect(try scratch.mode(scratch.folder.path) == 0o700)
        #expect(try scratch.mode(scratch.folder.database) == 0o600)
        #expect(try scratch.mode(scratch.folder.database + "-wal") == 0o600)
        #expect(try String(contentsOfFile: scratch.folder.path + "/.gitignore", encoding: .utf8) == "*\n")
    }

    @Test func `Opening again changes nothing`() throws {
        let scratch = try Scratch()
        _ = try HubTables(scratch.open()).issues.create(number: nil, title: "kept", body: "", author: "me", nowMs: 1)
        #expect(try HubTables(scratch.open()).issues.require(1).title == "kept")
    }

    @Test func `A database of a newer orch is refused, and says so`() throws {
        let scratch = try Scratch()
        do {
            let db = try scratch.open()
            try db.execute("PRAGMA user_version = 99")
        }
        do {
            _ = try scratch.open()
            Issue.record("a newer database was opened")
        } catch let error as StoreError {
            #expect(error.code == .wrongVersion)
            #expect(error.message.contains("schema 99, made by a newer orch"))
        }
    }

    @Test func `A changed history is refused`() throws {
        let scratch = try Scratch()
        do {
            let db = try scratch.open()
            try db.run("UPDATE schema_migration SET checksum = 'other'")
        }
        #expect(throws: StoreError.self) { _ = try scratch.open() }
    }

    @Test func `A file that is no database is refused, and left as it is`() throws {
        let scratch = try Scratch()
        try scratch.folder.create()
        let text = String(repeating: "no database\n", count: 1_000)
        try text.write(toFile: scratch.folder.database, atomically: true, encoding: .utf8)
        do {
            _ = try scratch.open()
            Issue.record("a text file was opened")
        } catch let error as StoreError {
            #expect(error.code == .notADatabase, "\(error)")
        }
        #expect(try String(contentsOfFile: scratch.folder.database, encoding: .utf8) == text)
    }

    @Test func `A network file system is refused, with the way out`() throws {
        let scratch = try Scratch()
        do {
            _ = try Store.open(scratch.folder, role: .client, nowMs: 1) { _ in "nfs4" }
            Issue.record("opened on NFS")
        } catch let error as StoreError {
            #expect(error.code == .networkFileSystem)
            #expect(error.message.contains("is on nfs4"))
        }
    }

    @Test func `The file system of a path is that of its longest mount point`() {
        let info = """
            22 1 0:20 / / rw - ext4 /dev/vda rw
            23 22 0:21 / /home rw shared:1 - nfs4 server:/home rw
            24 23 0:22 / /home/me/fast\\040disk rw - xfs /dev/vdb rw
            """
        #expect(FileSystemKind.type(of: "/home/me/repo", mountInfo: info) == "nfs4")
        #expect(FileSystemKind.type(of: "/home/me/fast disk/repo", mountInfo: info) == "xfs")
        #expect(FileSystemKind.type(of: "/homework", mountInfo: info) == "ext4")
    }

    @Test func `I1: a second daemon is refused, and told who is there`() throws {
        let scratch = try Scratch()
        try scratch.folder.create()
        let lock = try HubLock(scratch.folder, holder: "pid 42 on here")
        do {
            _ = try HubLock(scratch.folder, holder: "pid 43")
            Issue.record("two daemons")
        } catch {
            #expect(error == .held("pid 42 on here"))
        }
        _ = consume lock
        _ = try HubLock(scratch.folder, holder: "pid 44")
    }
}

struct InvariantTests {
    @Test func `I2: an issue has at most one live agent`() throws {
        let scratch = try Scratch()
        let tables = HubTables(try scratch.open())
        let issue = try tables.issues.create(number: nil, title: "t", body: "", author: "me", nowMs: 1)
        let new = AgentTable.New(
            name: "a",
            role: .sub,
            issue: issue,
            branch: nil,
            worktree: nil,
            budget: BudgetState(budgetMs: 1, checkinMs: 1)
        )
        let first = try tables.agents.create(new, nowMs: 1)
        var second = new
        second.name = "b"
        #expect(throws: SQLiteError.self) { _ = try tables.agents.create(second, nowMs: 1) }
        try tables.agents.close(first.id, outcome: .done, reason: nil, nowMs: 2)
        #expect(try tables.agents.create(second, nowMs: 3).id != first.id)
    }

    @Test func `I4: a key enters the outbox once, and one row of a lane is runnable`() throws {
        let scratch = try Scratch()
        let tables = HubTables(try scratch.open())
        let new = OutboxTable.New(key: "k1", kind: "x", lane: "l", payload: "{}", dueAtMs: 0)
        #expect(try tables.outbox.add(new, nowMs: 1))
        #expect(try !tables.outbox.add(new, nowMs: 1))
        var next = new
        next.key = "k2"
        #expect(try tables.outbox.add(next, nowMs: 1))
        #expect(try tables.outbox.runnable(nowMs: 1, limit: 9).map(\.key) == ["k1"])
        let id = try #require(try tables.outbox.find(key: "k1")).id
        try tables.outbox.setPerforming(id, epoch: 1)
        #expect(try tables.outbox.runnable(nowMs: 1, limit: 9).isEmpty)
        #expect(try tables.outbox.reclaim(before: 2) == 1)
        #expect(try tables.outbox.runnable(nowMs: 1, limit: 9).map(\.attempts) == [1])
        try tables.outbox.settle(id, .done, nowMs: 2)
        #expect(try tables.outbox.runnable(nowMs: 1, limit: 9).map(\.key) == ["k2"])
    }

    @Test func `I5: the event log is append only`() throws {
        let scratch = try Scratch()
        let db = try scratch.open()
        try HubTables(db).events.append("x", ["a": 1], nowMs: 1)
        #expect(throws: SQLiteError.self) { try db.run("UPDATE event SET kind = 'y'") }
        #expect(throws: SQLiteError.self) { try db.run("DELETE FROM event") }
        #expect(try db.scalar("SELECT kind || data FROM event") == #"x{"a":1}"#)
    }

    @Test func `I6: the schema refuses a budget that goes down`() throws {
        let scratch = try Scratch()
        let tables = HubTables(try scratch.open())
        let agent = try tables.agents.create(
            AgentTable.New(
                name: "a",
                role: .sub,
                issue: nil,
                branch: nil,
                worktree: nil,
                budget: BudgetState(workedMs: 5, budgetMs: 9, checkinMs: 1)
            ),
            nowMs: 1
        )
        #expect(try tables.agents.budget(agent.id).workedMs == 5)
        #expect(throws: SQLiteError.self) {
            try tables.agents.setBudget(agent.id, BudgetState(workedMs: 4, budgetMs: 9, checkinMs: 1))
        }
    }

    @Test func `An interrupted turn is continued once`() throws {
        let scratch = try Scratch()
        let tables = HubTables(try scratch.open())
        let agent = try tables.agents.create(
            AgentTable.New(
                name: "a",
                role: .sub,
                issue: nil,
                branch: nil,
                worktree: nil,
                budget: BudgetState(budgetMs: 9, checkinMs: 1)
            ),
            nowMs: 1
        )
        try tables.turns.create(id: "t1", agent: agent.id, kind: .task, prompt: "p", nowMs: 1)
        try tables.turns.create(id: "t2", agent: agent.id, kind: .continue, prompt: "p", continues: "t1", nowMs: 1)
        #expect(throws: SQLiteError.self) {
            try tables.turns.create(id: "t3", agent: agent.id, kind: .continue, prompt: "p", continues: "t1", nowMs: 1)
        }
    }
}

struct ArtifactStoreTests {
    private let text = Array(String(repeating: "the same line, again and again\n", count: 100_000).utf8)

    @Test func `I8: equal content is stored once, small, and comes back verified`() throws {
        let scratch = try Scratch()
        let db = try scratch.open()
        let store = HubTables(db).artifacts
        let id = try db.write { try store.put(text, nowMs: 1) }
        #expect(try db.write { try store.put(text, nowMs: 2) } == id)
        #expect(try db.scalar("SELECT count(*) FROM artifact") == 1)
        let stored: Int = try #require(try db.scalar("SELECT stored_size FROM artifact"))
        #expect(stored * 50 < text.count)
        #expect(try store.read(id) == text)
        #expect(try store.resolve(String(id.prefix(6)).uppercased()) == id)
    }

    @Test(arguments: [0, 1, 1 << 20, (1 << 20) + 1, 3 << 20])
    func `Content that does not shrink is kept as it is`(size: Int) throws {
        let scratch = try Scratch()
        let db = try scratch.open()
        let store = HubTables(db).artifacts
        let bytes = (0..<size).map { _ in UInt8.random(in: 0...255) }
        let id = try db.write { try store.put(bytes, nowMs: 1) }
        #expect(try db.scalar("SELECT encoding FROM artifact") == "identity")
        #expect(try store.read(id) == bytes)
    }

    @Test func `Damaged bytes are an error, never content`() throws {
        let scratch = try Scratch()
        let db = try scratch.open()
        let store = HubTables(db).artifacts
        let id = try db.write { try store.put([1, 2, 3], nowMs: 1) }
        #expect(throws: SQLiteError.self) { try db.run("UPDATE artifact_chunk SET bytes = x'040506'") }
        try db.execute("DROP TRIGGER artifact_chunk_immutable; UPDATE artifact_chunk SET bytes = x'040506'")
        #expect(throws: StoreError.self) { _ = try store.read(id) }
    }

    @Test func `An ambiguous id lists the candidates, and an unknown one is no crash`() throws {
        let scratch = try Scratch()
        let db = try scratch.open()
        let store = HubTables(db).artifacts
        for tail in ["0", "1"] {
            let id = String(repeating: "a", count: 63) + tail
            try db.run("INSERT INTO artifact VALUES (?, 0, 'identity', 0, 1)", id)
        }
        do {
            _ = try store.resolve("aaaa")
            Issue.record("two artifacts begin with aaaa")
        } catch let error as StoreError {
            #expect(error.code == .ambiguous)
            #expect(error.message.contains(String(repeating: "a", count: 63) + "1"))
        }
        for bad in ["bbbb", "abc", "zzzz", ""] { #expect(throws: StoreError.self) { _ = try store.resolve(bad) } }
    }
}
