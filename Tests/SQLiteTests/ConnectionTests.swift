import Foundation
import SQLite
import Testing

struct ConnectionTests {
    private func memory() throws -> Connection {
        try Connection(path: ":memory:", ConnectionOptions(.readWrite(create: true)))
    }

    @Test func `Every type comes back as it was bound`() throws {
        let db = try memory()
        try db.run("CREATE TABLE t (i, d, s, b, n, o)")
        let text = "zero\u{0}byte, ünïcode 🦄"
        try db.run("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", Int64.min, 1.5, text, [0, 255] as [UInt8], nil, true)
        let found = try db.first("SELECT i, d, s, b, n, o FROM t") { row in
            let none: String? = try row.get(4)
            #expect(none == nil)
            #expect(try row.get(0) == Int64.min)
            #expect(try row.get(1) == 1.5)
            #expect(try row.get(2) == text)
            #expect(try row.get(3) == [0, 255] as [UInt8])
            #expect(try row.get(5) == true)
            return row.count
        }
        #expect(found == 6)
    }

    @Test func `An empty text and an empty blob are not NULL`() throws {
        let db = try memory()
        let kinds = try db.first("SELECT ?, ?, ?", "", [] as [UInt8], nil) { row in (0..<3).map { row.kind($0) } }
        #expect(kinds == [.text, .blob, .null])
    }

    @Test func `A column of another type is an error that names it`() throws {
        let db = try memory()
        #expect(throws: SQLiteError.self) { let _: Int? = try db.scalar("SELECT 'text' AS wrong") }
        do {
            let _: Int? = try db.scalar("SELECT 'text' AS wrong")
        } catch {
            #expect(error.message == "column wrong holds text, not Int")
        }
    }

    @Test func `A transaction that throws leaves nothing`() throws {
        struct Stop: Error {}
        let db = try memory()
        try db.run("CREATE TABLE t (x)")
        #expect(throws: Stop.self) {
            try db.write {
                try db.run("INSERT INTO t VALUES (1)")
                throw Stop()
            }
        }
        #expect(!db.isInTransaction)
        #expect(try db.scalar("SELECT count(*) FROM t") == 0)
    }

    @Test func `A savepoint that throws undoes its own changes alone`() throws {
        struct Stop: Error {}
        let db = try memory()
        try db.run("CREATE TABLE t (x)")
        try db.write {
            try db.run("INSERT INTO t VALUES (1)")
            #expect(throws: Stop.self) {
                try db.savepoint {
                    try db.run("INSERT INTO t VALUES (2)")
                    throw Stop()
                }
            }
            try db.savepoint { try db.run("INSERT INTO t VALUES (3)") }
        }
        #expect(try db.query("SELECT x FROM t ORDER BY x") { try $0.get(0) as Int } == [1, 3])
    }

    @Test func `Errors carry the extended code and the SQL, and no values`() throws {
        let db = try memory()
        try db.run("CREATE TABLE t (x TEXT UNIQUE)")
        try db.run("INSERT INTO t VALUES (?)", "secret")
        do {
            try db.run("INSERT INTO t VALUES (?)", "secret")
            Issue.record("the second insert was not refused")
        } catch {
            #expect(error.extendedCode == 2067)
            #expect(error.isConstraint)
            #expect(error.sql == "INSERT INTO t VALUES (?)")
            #expect(!error.description.contains("secret"))
        }
    }

    @Test(arguments: ["SELECT 1; SELECT 2", "", "-- nothing"])
    func `One call runs one statement`(sql: String) throws {
        let db = try memory()
        #expect(throws: SQLiteError.self) { try db.run(sql) }
    }

    @Test func `Too few values are refused, not taken as NULL`() throws {
        let db = try memory()
        #expect(throws: SQLiteError.self) { try db.run("SELECT ?, ?", 1) }
    }

    @Test func `A misspelled column in double quotes is an error`() throws {
        let db = try memory()
        #expect(throws: SQLiteError.self) { let _: String? = try db.scalar("SELECT \"nothing\"") }
    }

    @Test func `A writer that waits too long is told that the database is busy`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "orch-test-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a leftover folder is no failure of this test
        let path = folder.appending(path: "a.db").path
        let one = try Connection(path: path, ConnectionOptions(.readWrite(create: true)))
        try one.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (x)")
        let two = try Connection(path: path, ConnectionOptions(.readWrite(create: false), busyLimitMs: 5))
        try one.write {
            try one.run("INSERT INTO t VALUES (1)")
            do {
                try two.write { try two.run("INSERT INTO t VALUES (2)") }
                Issue.record("two writers at once")
            } catch let error as SQLiteError {
                #expect(error.isBusy)
            }
            #expect(try two.scalar("SELECT count(*) FROM t") == 0)
        }
        let before = try two.dataVersion()
        try one.run("INSERT INTO t VALUES (3)")
        #expect(try two.dataVersion() != before)
        #expect(try one.checkpoint())
    }

    @Test(arguments: [
        "DELETE FROM v", "SELECT * FROM secret", "ATTACH 'x' AS y", "PRAGMA user_version", "CREATE TEMP TABLE q (x)",
        "SELECT randomblob(100000000)", "SELECT * FROM sqlite_schema", "SELECT (SELECT token FROM secret) FROM v",
        "BEGIN",
    ])
    func `A restricted connection refuses`(sql: String) throws {
        let db = try memory()
        try db.execute(
            "CREATE TABLE secret (id, token); CREATE VIEW v AS SELECT id FROM secret; INSERT INTO secret VALUES (7, 'x')"
        )
        try db.restrict(toReading: ["v"])
        #expect(throws: SQLiteError.self) { try db.each(sql, values: []) { _ in true } }
        #expect(try db.scalar("WITH a AS (SELECT id FROM v) SELECT max(id) + length('ab') FROM a") == 9)
    }

    @Test func `A statement that takes too many steps is interrupted`() throws {
        let db = try memory()
        db.setStepLimit(1_000)
        do {
            let _: Int? = try db.scalar(
                "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
            )
            Issue.record("an endless query ended")
        } catch {
            #expect(error.isInterrupted)
        }
        db.setStepLimit(nil)
        #expect(try db.scalar("SELECT 1") == 1)
    }
}
