import FoundationEssentials
import OrchTestSupport
import SQLite
import Testing

struct MaintenanceTests {
    private func size(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    }

    @Test func `A checkpoint empties the log`() throws {
        let pair = try Pair()
        for number in 0..<50 { try pair.one.run("INSERT INTO t VALUES (?)", number) }
        #expect(try size(pair.one.path + "-wal") > 0)
        #expect(try pair.one.checkpoint())
        #expect(try size(pair.one.path + "-wal") == 0)
        #expect(try pair.two.scalar("SELECT count(*) FROM t") == 50)
    }

    @Test func `A checkpoint gives up when a reader stays, and says so`() throws {
        let pair = try Pair()
        try pair.one.run("INSERT INTO t VALUES (1)")
        try pair.two.read {
            #expect(try pair.two.scalar("SELECT count(*) FROM t") == 1)
            try pair.one.run("INSERT INTO t VALUES (2)")
            #expect(try !pair.one.checkpoint(limitMs: 5))
        }
        #expect(pair.one.busyLimitMs == 5_000)
        #expect(try pair.one.checkpoint())
    }

    @Test func `Memory is given back, also in the middle of a transaction, and nothing is lost`() throws {
        let pair = try Pair()
        for number in 0..<50 { try pair.one.run("INSERT INTO t VALUES (?)", number) }
        try pair.one.write {
            try pair.one.run("INSERT INTO t VALUES (50)")
            pair.one.releaseMemory()
        }
        pair.one.releaseMemory()
        #expect(try pair.one.scalar("SELECT sum(x) FROM t") == 1275)
    }

    @Test func `Closing the last connection leaves the log to the daemon`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("a.db")
        do {
            let db = try Connection(path: path, .readWrite(create: true))
            try db.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (5)")
        }
        #expect(try size(path + "-wal") > 0)
        #expect(try Connection(path: path, .readOnly).scalar("SELECT x FROM t") == 5)
        #expect(try size(path + "-wal") > 0)
    }

    @Test func `A backup is the database as it was, also beside a writer`() throws {
        let pair = try Pair()
        try pair.one.run("INSERT INTO t VALUES (1)")
        try pair.two.write {
            try pair.two.run("INSERT INTO t VALUES (2)")
            try pair.one.backup(to: pair.directory.file("copy.db"))
            try pair.one.vacuum(into: pair.directory.file("compact.db"))
        }
        for name in ["copy.db", "compact.db"] {
            let copy = try Connection(path: pair.directory.file(name), .readOnly)
            #expect(try copy.scalar("SELECT count(*) FROM t") == 1)
            #expect(try copy.integrityProblems().isEmpty)
        }
    }

    @Test func `A backup over a file that is no database fails, and so does one to nowhere`() throws {
        let pair = try Pair()
        #expect(throws: SQLiteError.self) { try pair.one.backup(to: "/nowhere/copy.db") }
        try pair.directory.write("taken.db", "something else")
        #expect(throws: SQLiteError.self) { try pair.one.vacuum(into: pair.directory.file("taken.db")) }
        #expect(try pair.directory.read("taken.db") == "something else")
    }

    @Test func `A damaged database is found out`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("a.db")
        do {
            let db = try Connection(path: path, .readWrite(create: true))
            try db.execute("CREATE TABLE t (x); CREATE INDEX i ON t (x)")
            try db.write { for number in 0..<2_000 { try db.run("INSERT INTO t VALUES (?)", number) } }
            #expect(try db.integrityProblems().isEmpty)
        }
        let file = try #require(FileHandle(path: path))
        try file.overwrite(at: 4_096, with: [UInt8](repeating: 0xAA, count: 8_192))
        let db = try Connection(path: path, .readOnly)
        // A check that itself fails on the damage has found it too.
        let problems = (try? db.integrityProblems()) ?? ["malformed"]
        #expect(!problems.isEmpty)
    }

    @Test(arguments: [Synchronous.full, .normal])
    func `The level of synchronisation is set`(level: Synchronous) throws {
        let pair = try Pair()
        try pair.one.setSynchronous(level)
        #expect(try pair.one.scalar("PRAGMA synchronous") == level.rawValue)
    }
}

/// Writes into a file at a place.
private struct FileHandle {
    let path: String

    init?(path: String) {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        self.path = path
    }

    func overwrite(at offset: Int, with bytes: [UInt8]) throws {
        var all = [UInt8](try Data(contentsOf: URL(filePath: path)))
        all.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
        try Data(all).write(to: URL(filePath: path))
    }
}
