import OrchTestSupport
import SQLite
import Testing

struct TransactionTests {
    @Test func `A transaction that throws leaves nothing`() throws {
        let db = try memory("CREATE TABLE t (x)")
        #expect(throws: Stop.self) {
            try db.write {
                try db.run("INSERT INTO t VALUES (1)")
                #expect(db.isInTransaction)
                throw Stop()
            }
        }
        #expect(!db.isInTransaction)
        #expect(try db.scalar("SELECT count(*) FROM t") == 0)
        #expect(try db.write { try db.run("INSERT INTO t VALUES (1)") } == 1)
        #expect(try db.scalar("SELECT count(*) FROM t") == 1)
    }

    @Test func `A constraint that is looked at when the transaction ends undoes all of it`() throws {
        let db = try memory(
            """
            PRAGMA foreign_keys = ON; CREATE TABLE p (id INTEGER PRIMARY KEY);
            CREATE TABLE c (p INTEGER REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED)
            """
        )
        let error = #expect(throws: SQLiteError.self) { try db.write { try db.run("INSERT INTO c VALUES (1)") } }
        #expect(error?.isConstraint == true)
        #expect(!db.isInTransaction)
        #expect(try db.scalar("SELECT count(*) FROM c") == 0)
    }

    @Test func `A savepoint that throws undoes its own changes alone, at any depth`() throws {
        let db = try memory("CREATE TABLE t (x)")
        try db.write {
            try db.run("INSERT INTO t VALUES (1)")
            #expect(throws: Stop.self) {
                try db.savepoint {
                    try db.run("INSERT INTO t VALUES (2)")
                    try db.savepoint { try db.run("INSERT INTO t VALUES (3)") }
                    throw Stop()
                }
            }
            try db.savepoint {
                try db.run("INSERT INTO t VALUES (4)")
                #expect(throws: Stop.self) {
                    try db.savepoint {
                        try db.run("INSERT INTO t VALUES (5)")
                        throw Stop()
                    }
                }
            }
        }
        #expect(try db.query("SELECT x FROM t ORDER BY x") { try $0.get(0) as Int } == [1, 4])
    }

    @Test func `A savepoint outside of a transaction is one`() throws {
        let db = try memory("CREATE TABLE t (x)")
        try db.savepoint {
            #expect(db.isInTransaction)
            try db.run("INSERT INTO t VALUES (1)")
        }
        #expect(!db.isInTransaction)
        #expect(try db.scalar("SELECT count(*) FROM t") == 1)
    }

    @Test func `A transaction in a transaction is refused, and the outer one goes on`() throws {
        let db = try memory("CREATE TABLE t (x)")
        try db.write {
            #expect(throws: SQLiteError.self) { try db.write {} }
            #expect(db.isInTransaction)
            try db.run("INSERT INTO t VALUES (1)")
        }
        #expect(try db.scalar("SELECT count(*) FROM t") == 1)
    }

    @Test func `A read sees one snapshot`() throws {
        let pair = try Pair()
        try pair.two.read {
            #expect(try pair.two.scalar("SELECT count(*) FROM t") == 0)
            try pair.one.run("INSERT INTO t VALUES (1)")
            #expect(try pair.two.scalar("SELECT count(*) FROM t") == 0)
        }
        #expect(try pair.two.scalar("SELECT count(*) FROM t") == 1)
    }

    @Test func `A writer that waits too long is told that the database is busy`() throws {
        let pair = try Pair(limitMs: 5)
        try pair.one.write {
            try pair.one.run("INSERT INTO t VALUES (1)")
            let error = #expect(throws: SQLiteError.self) {
                try pair.two.write { try pair.two.run("INSERT INTO t VALUES (2)") }
            }
            #expect(error?.isBusy == true)
            #expect(!pair.two.isInTransaction)
            #expect(try pair.two.scalar("SELECT count(*) FROM t") == 0)
        }
        try pair.two.write { try pair.two.run("INSERT INTO t VALUES (2)") }
        #expect(try pair.one.scalar("SELECT count(*) FROM t") == 2)
    }

    @Test func `Writers take turns: nothing is lost, nobody is told busy`() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("a.db")
        try Connection(path: path, .readWrite(create: true)).execute("PRAGMA journal_mode = WAL; CREATE TABLE t (x)")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<2 {
                group.addTask {
                    let db = try Connection(path: path, .readWrite(create: false, busyLimitMs: 60_000))
                    for _ in 0..<200 {
                        try db.write {
                            let count: Int = try db.scalar("SELECT count(*) FROM t") ?? 0
                            try db.run("INSERT INTO t VALUES (?)", count * 10 + writer)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let db = try Connection(path: path, .readOnly)
        // Each transaction saw all before it: the numbers count up without a gap.
        #expect(try db.query("SELECT x / 10 FROM t ORDER BY rowid") { try $0.get(0) as Int } == Array(0..<400))
        withExtendedLifetime(directory) {}
    }

    @Test func `Another connection's commit changes the data version, one's own does not`() throws {
        let pair = try Pair()
        let before = try pair.two.dataVersion()
        try pair.two.run("INSERT INTO t VALUES (1)")
        #expect(try pair.two.dataVersion() == before)
        try pair.one.run("INSERT INTO t VALUES (2)")
        #expect(try pair.two.dataVersion() != before)
    }
}

/// Two connections to one file in WAL mode, with a table `t (x)`.
struct Pair {
    let directory: TemporaryDirectory
    let one: Connection
    let two: Connection

    init(limitMs: Int = 5_000) throws {
        directory = try TemporaryDirectory()
        let path = directory.file("a.db")
        one = try Connection(path: path, .readWrite(create: true, busyLimitMs: limitMs))
        try one.execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x)")
        two = try Connection(path: path, .readWrite(create: false, busyLimitMs: limitMs))
        try two.execute("PRAGMA wal_autocheckpoint = 0")
    }
}
