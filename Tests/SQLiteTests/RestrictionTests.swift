import SQLite
import Testing

struct RestrictionTests {
    private func restricted() throws -> Connection {
        let db = try memory(
            """
            CREATE TABLE secret (id, token); CREATE INDEX i ON secret (id); CREATE VIEW v AS SELECT id FROM secret; CREATE VIEW w AS SELECT token FROM secret;
            CREATE VIEW outer_view AS SELECT id + 1 AS next FROM v;
            INSERT INTO secret VALUES (7, 'x')
            """
        )
        try db.restrict(toReading: ["v", "outer_view"])
        return db
    }

    @Test(arguments: [
        "DELETE FROM v", "DELETE FROM secret", "INSERT INTO secret VALUES (1, 2)", "UPDATE secret SET id = 1",
        "DROP VIEW v",
        "SELECT * FROM secret", "SELECT * FROM w", "SELECT count(*) FROM secret",
        "SELECT (SELECT token FROM secret) FROM v",
        "SELECT * FROM v JOIN secret", "WITH a AS (SELECT * FROM secret) SELECT * FROM a",
        "SELECT * FROM sqlite_schema",
        "SELECT * FROM sqlite_master", "SELECT * FROM pragma_table_info('secret')", "PRAGMA user_version",
        "PRAGMA table_info(secret)",
        "ATTACH 'x' AS y", "DETACH main", "CREATE TEMP TABLE q (x)", "CREATE TABLE q (x)",
        "CREATE TEMP VIEW q AS SELECT 1", "VACUUM",
        "VACUUM INTO '/tmp/x'", "REINDEX", "ANALYZE", "BEGIN", "SAVEPOINT s", "SELECT randomblob(100000000)",
        "SELECT zeroblob(1)",
        "SELECT load_extension('x')", "SELECT readfile('/etc/passwd')", "SELECT * FROM json_each('[1]')",
    ])
    func `A restricted connection refuses`(sql: String) throws {
        let db = try restricted()
        let before = db.totalChanges
        #expect(throws: SQLiteError.self) { try db.each(sql) { _ in true } }
        #expect(db.totalChanges == before)
    }

    @Test(arguments: [
        ("SELECT id FROM v", 7), ("SELECT max(id) + length('ab') FROM v", 9), ("SELECT count(*) FROM v", 1),
        ("SELECT count(*) FROM V", 1), ("SELECT 1 FROM v", 1),
        ("WITH a AS (SELECT id FROM v) SELECT x.id FROM a AS x, (SELECT 1) WHERE x.id IN (SELECT id FROM v)", 7),
        ("SELECT next FROM outer_view", 8), ("VALUES (3)", 3),
        ("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 5) SELECT max(x) FROM n", 5),
    ])
    func `A restricted connection answers`(sql: String, answer: Int) throws {
        #expect(try restricted().scalar(sql) == answer)
    }

    @Test func `The refusal is told as one`() throws {
        let error = #expect(throws: SQLiteError.self) { try restricted().run("DELETE FROM secret") }
        #expect(error?.isUnauthorized == true)
    }

    @Test func `One value can't fill the memory`() throws {
        let db = try restricted()
        let doubling =
            "WITH RECURSIVE d(x) AS (SELECT 'ab' UNION ALL SELECT x || x FROM d WHERE length(x) < 1000000000) "
        #expect(throws: SQLiteError.self) { let _: Int? = try db.scalar(doubling + "SELECT max(length(x)) FROM d") }
    }

    private let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"

    @Test func `A statement that takes too many steps is interrupted`() throws {
        let db = try memory()
        db.setLimits(QueryLimits(kiloSteps: 10))
        for _ in 0..<2 {
            let error = #expect(throws: SQLiteError.self) { let _: Int? = try db.scalar(endless) }
            #expect(error?.isInterrupted == true)
        }
        // Each statement has all its steps.
        for _ in 0..<50 { #expect(try db.scalar("SELECT 1") == 1) }
        db.setLimits(nil)
        #expect(try db.scalar(endless.replacing("FROM n)", with: "FROM n WHERE x < 20000)")) == 20_000)
    }

    @Test func `A statement that takes too long is interrupted`() throws {
        let db = try memory()
        let error = #expect(throws: SQLiteError.self) {
            try db.withTimeLimit(ms: 5) { let _: Int? = try db.scalar(endless) }
        }
        #expect(error?.isInterrupted == true)
        #expect(try db.scalar("SELECT 1") == 1)
    }

    @Test func `A statement is interrupted from another thread`() async throws {
        let db = try memory()
        let interrupt = db.interruptHandle
        let asking = Task {
            // Asks until it is told that the statement has ended: the first call may come before it begins.
            while !Task.isCancelled {
                interrupt.interrupt()
                await Task.yield()
            }
        }
        let error = #expect(throws: SQLiteError.self) { let _: Int? = try db.scalar(endless) }
        asking.cancel()
        await asking.value
        #expect(error?.isInterrupted == true)
    }

    @Test func `Interrupting a closed connection does nothing`() throws {
        let handle = try memory().interruptHandle
        handle.interrupt()
    }
}
