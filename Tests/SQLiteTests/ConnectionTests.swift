import OrchTestSupport
import SQLite
import Testing

struct ConnectionTests {
    @Test func `Errors carry the extended code and the SQL, and no values`() throws {
        let db = try memory("CREATE TABLE t (x TEXT UNIQUE)")
        try db.run("INSERT INTO t VALUES (?)", "secret")
        let error = try #require(throws: SQLiteError.self) { try db.run("INSERT INTO t VALUES (?)", "secret") }
        #expect(error.extendedCode == 2067)
        #expect(error.code == 19)
        #expect(error.isConstraint)
        #expect(error.sql == "INSERT INTO t VALUES (?)")
        #expect(!"\(error)".contains("secret"))
    }

    @Test func `A failed statement can be run again`() throws {
        let db = try memory("CREATE TABLE t (x TEXT UNIQUE)")
        try db.run("INSERT INTO t VALUES (?)", "a")
        for _ in 0..<3 { #expect(throws: SQLiteError.self) { try db.run("INSERT INTO t VALUES (?)", "a") } }
        try db.run("INSERT INTO t VALUES (?)", "b")
        #expect(try db.scalar("SELECT count(*) FROM t") == 2)
    }

    @Test(arguments: ["SELECT 1; SELECT 2", "SELECT 1; nonsense", "", "-- nothing", ";", "SELECT 1\u{0}; DROP TABLE t"])
    func `One call runs one statement`(sql: String) throws {
        let db = try memory()
        #expect(throws: SQLiteError.self) { try db.run(sql) }
    }

    @Test(arguments: ["SELECT 1;", "SELECT 1 ; -- and no more", "SELECT 1; /* really */ "])
    func `A comment after a statement is no second one`(sql: String) throws {
        #expect(try memory().scalar(sql) == 1)
    }

    @Test func `A misspelled column in double quotes is an error`() throws {
        #expect(throws: SQLiteError.self) { let _: String? = try memory().scalar("SELECT \"nothing\"") }
    }

    @Test func `run counts the rows that it changed, and nothing else`() throws {
        let db = try memory("CREATE TABLE t (x)")
        #expect(try db.run("INSERT INTO t VALUES (1), (2), (3)") == 3)
        #expect(db.lastInsertRowID == 3)
        #expect(try db.run("PRAGMA user_version = 4") == 0)
        #expect(try db.run("SELECT * FROM t") == 0)
        #expect(try db.run("UPDATE t SET x = 0 WHERE x > 1") == 2)
        #expect(try db.run("DELETE FROM t WHERE x = 9") == 0)
        #expect(db.totalChanges == 5)
    }

    @Test func `A query within the same query has a statement of its own`() throws {
        let db = try memory("CREATE TABLE t (x); INSERT INTO t VALUES (1), (2), (3)")
        let sql = "SELECT x FROM t ORDER BY x"
        let sums = try db.query(sql) { row in
            let own: Int = try row.get(0)
            return try db.query(sql) { try $0.get(0) as Int }.reduce(0, +) + own
        }
        #expect(sums == [7, 8, 9])
    }

    @Test func `A row is of no use outside of its closure`() throws {
        let db = try memory()
        let row = try #require(try db.first("SELECT 1") { $0 })
        #expect(throws: SQLiteError.self) { try row.get(0) as Int }
        #expect(row.kind(0) == .null)
    }

    @Test func `Reading can stop early, and the connection goes on`() throws {
        let db = try memory("CREATE TABLE t (x); INSERT INTO t VALUES (1), (2), (3)")
        var seen: [Int] = []
        try db.each("SELECT x FROM t ORDER BY x") { row in
            seen.append(try row.get(0))
            return seen.count < 2
        }
        #expect(seen == [1, 2])
        #expect(throws: Stop.self) { try db.query("SELECT x FROM t") { _ in throw Stop() } }
        try db.execute("DROP TABLE t")
    }

    @Test func `Columns have names`() throws {
        #expect(try memory().columnNames("SELECT 1 AS one, 2 AS \"zwei\"") == ["one", "zwei"])
    }

    @Test func `More statements than the cache holds are no trouble`() throws {
        let db = try memory()
        for round in 0..<2 {
            for number in 0..<600 { #expect(try db.scalar("SELECT \(number) + ?", round) == number + round) }
        }
    }

    @Test func `A missing file is an error, unless it may be made`() throws {
        let directory = try TemporaryDirectory()
        let error = #expect(throws: SQLiteError.self) {
            _ = try Connection(path: directory.file("a.db"), .readWrite(create: false))
        }
        #expect(error?.cannotOpen == true)
        let db = try Connection(path: directory.file("a.db"), .readWrite(create: true))
        try db.execute("CREATE TABLE t (x)")
        #expect(!db.isReadOnly)
    }

    @Test func `A read-only connection reads, and does not write`() throws {
        let directory = try TemporaryDirectory()
        let writer = try Connection(path: directory.file("a.db"), .readWrite(create: true))
        try writer.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (7)")
        let reader = try Connection(path: directory.file("a.db"), .readOnly)
        #expect(try reader.scalar("SELECT x FROM t") == 7)
        #expect(reader.isReadOnly)
        let error = #expect(throws: SQLiteError.self) { try reader.run("INSERT INTO t VALUES (8)") }
        #expect(error?.isReadOnly == true)
    }

    @Test func `A file that is no database is told at the first statement`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("a.db", String(repeating: "no database\n", count: 1_000))
        let db = try Connection(path: directory.file("a.db"), .readWrite(create: false))
        let error = #expect(throws: SQLiteError.self) {
            let _: Int? = try db.scalar("SELECT count(*) FROM sqlite_schema")
        }
        #expect(error?.isNotADatabase == true)
    }

    @Test func `A full disk is told as that, and leaves nothing half done`() throws {
        let db = try memory("CREATE TABLE t (x); INSERT INTO t VALUES (1); PRAGMA max_page_count = 10")
        let error = #expect(throws: SQLiteError.self) {
            try db.write {
                try db.run("INSERT INTO t VALUES (2)")
                try db.run("INSERT INTO t VALUES (?)", [UInt8](repeating: 1, count: 1 << 20))
            }
        }
        #expect(error?.isFull == true)
        #expect(!db.isInTransaction)
        #expect(try db.scalar("SELECT count(*) FROM t") == 1)
    }

    @Test func `The library says its version`() {
        #expect(Connection.libraryVersion.number >= 3_040_000)
        #expect(Connection.libraryVersion.text.hasPrefix("3."))
    }
}
