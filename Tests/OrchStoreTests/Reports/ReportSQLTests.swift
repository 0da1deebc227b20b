import OrchCore
import OrchStore
import SQLite
import Testing

struct ReportSQLTests {
    @Test(arguments: ReportKind.allCases)
    func `Every view can be read by a typed query, in any spelling`(kind: ReportKind) throws {
        let expected = try Reports.run(kind, ReportFilter(), ReportFixture.database()).rows.count
        for name in [kind.view, kind.view.uppercased(), "\"\(kind.view)\"", "[\(kind.view)]"] {
            #expect(try Reports.sql("SELECT * FROM \(name)", ReportFixture.database()).rows.count == expected)
        }
    }

    @Test func `JSON columns come as JSON and flags as booleans`() throws {
        let table = try Reports.sql(
            "SELECT number, labels, blocked_by FROM report_issues WHERE number = 2;",
            ReportFixture.database()
        )
        #expect(
            JSONLRenderer().text(table) == #"{"number":2,"labels":["orchestrate","priority:P5"],"blocked_by":[1,9]}"#
                + "\n"
        )
        let stalls = try Reports.sql(
            "SELECT issue, wrap_up, NULL AS n, 1.5 AS r, x'c3' AS b FROM report_stalls",
            ReportFixture.database()
        )
        #expect(stalls.rows.first == [3, false, nil, 1.5, "c3"])
    }

    @Test func `Common table expressions, aggregates and json_each are allowed`() throws {
        let table = try Reports.sql(
            """
            -- labels by issue
            WITH pairs (issue, label) AS (SELECT i.number, j.value FROM report_issues AS i, json_each(i.labels) AS j)
            SELECT issue, count(*) AS n FROM pairs GROUP BY issue ORDER BY issue
            """,
            ReportFixture.database()
        )
        #expect(table.columns.map(\.name) == ["issue", "n"])
        #expect(table.rows == [[1, 2], [2, 2]])
    }

    @Test(arguments: [
        ("WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 5) SELECT count(*) FROM c", 5),
        ("WITH c AS (SELECT seq FROM report_events) SELECT count(*) FROM c", 6),
        ("WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 5) SELECT count(*) FROM c AS d", 5),
        ("SELECT count(*) FROM (SELECT seq FROM report_events)", 6),
    ])
    func `The rows of an expression can be counted`(query: String, count: Int64) throws {
        #expect(try Reports.sql(query, ReportFixture.database()).rows == [[.integer(count)]])
    }

    @Test(arguments: [
        "WITH RECURSIVE issue (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM issue WHERE x < 5) SELECT count(*) FROM main.issue",
        "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 5) SELECT count(*) FROM c, issue",
        "WITH event AS (SELECT 1) SELECT count(*) FROM main.event",
    ])
    func `An expression of a table's name does not let that table be counted`(query: String) throws {
        let error = #expect(throws: StoreError.self) { _ = try Reports.sql(query, ReportFixture.database()) }
        #expect(error?.code == .refusedQuery, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        "DELETE FROM event", "UPDATE report_agents SET name = 'x'", "INSERT INTO issue VALUES (1)",
        "ATTACH 'x.db' AS x", "DETACH main",
        "PRAGMA journal_mode", "CREATE TABLE t (x)", "CREATE TEMP TABLE t (x)", "DROP VIEW report_agents",
        "VACUUM INTO 'x'", "BEGIN",
        "COMMIT", "REINDEX", "ANALYZE", "SELECT * FROM issue", "SELECT body FROM issue", "SELECT * FROM sqlite_schema",
        "SELECT * FROM sqlite_master", "SELECT 1 FROM report_agents WHERE EXISTS (SELECT 1 FROM hub WHERE pid > 0)",
        "WITH x AS (SELECT 1) DELETE FROM event",
        "SELECT 1; DELETE FROM event", "SELECT 1;\n-- a comment\n; SELECT 2",
        "EXPLAIN DELETE FROM event",
        // A common table expression that takes a view's name would read base tables under that name.
        "WITH report_agents AS (SELECT body FROM issue) SELECT * FROM report_agents",
        "WITH REPORT_agents(x) AS MATERIALIZED (SELECT body FROM issue) SELECT * FROM report_agents",
        "WITH a AS (SELECT 1), \"report_agents\" AS NOT MATERIALIZED (SELECT body FROM issue) SELECT * FROM report_agents",
        "WITH 'report_agents' AS (SELECT body FROM issue) SELECT * FROM report_agents",
        "WITH [report_agents] /* x */ AS -- y\n (SELECT body FROM issue) SELECT * FROM report_agents",
        "SELECT * FROM (WITH `report_agents` AS (SELECT body FROM issue) SELECT * FROM report_agents)",
        "WITH\u{FEFF}report_agents AS (SELECT body FROM issue) SELECT * FROM report_agents",
    ])
    func `What is no query of the views is refused`(query: String) throws {
        let db = try ReportFixture.database()
        let error = #expect(throws: StoreError.self) { _ = try Reports.sql(query, db) }
        #expect(error?.code == .refusedQuery, "\(error?.message ?? "")")
    }

    @Test func `A refusal says what may be read`() throws {
        let base = #expect(throws: StoreError.self) {
            _ = try Reports.sql("SELECT body FROM issue", ReportFixture.database())
        }
        #expect(
            base?.message
                == """
                a query may only read the views report_agents, report_approvals, report_artifacts, report_budgets, report_decisions, \
                report_events, report_issues, report_outbox, report_stalls, report_stderr, report_timeline, report_tokens, report_turns: \
                access to issue.body is prohibited
                """
        )
        let write = #expect(throws: StoreError.self) {
            _ = try Reports.sql("  delete from event", ReportFixture.database())
        }
        #expect(
            write?.message == "only queries are allowed, and this begins with 'delete': write SELECT … FROM report_…"
        )
    }

    @Test(arguments: [
        ("SELEKT 1", StoreError.Code.refusedQuery), ("SELECT FROM", .invalidQuery), ("", .invalidQuery),
        ("  -- nothing", .invalidQuery),
        ("SELECT nope FROM report_agents", .invalidQuery), ("SELECT * FROM nowhere", .invalidQuery),
        ("SELECT ?", .invalidQuery),
        ("SELECT * FROM pragma_table_info('issue')", .invalidQuery), ("SELECT load_extension('x')", .invalidQuery),
        ("SELECT 'open", .invalidQuery), ("SELECT \"text\"", .invalidQuery),
    ])
    func `What SQLite does not understand is an error in its words`(query: String, code: StoreError.Code) throws {
        let error = #expect(throws: StoreError.self) { _ = try Reports.sql(query, ReportFixture.database()) }
        #expect(error?.code == code, "\(error?.message ?? "")")
    }

    @Test func `Rows beyond the limit are cut off, and that is said`() throws {
        let table = try Reports.sql(
            "SELECT seq FROM report_events ORDER BY seq",
            ReportFixture.database(),
            limits: SQLLimits(rows: 4)
        )
        #expect(table.rows == [[1], [2], [3], [4]])
        #expect(table.isCut)
        #expect(
            try !Reports.sql(
                "SELECT seq FROM report_events ORDER BY seq",
                ReportFixture.database(),
                limits: SQLLimits(rows: 6)
            )
            .isCut
        )
    }

    @Test func `A query that never ends is stopped`() throws {
        let endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
        let time = #expect(throws: StoreError.self) {
            _ = try Reports.sql(endless, ReportFixture.empty(), limits: SQLLimits(timeMs: 1))
        }
        #expect(time?.code == .tooSlow)
        let steps = #expect(throws: StoreError.self) {
            try Reports.writeSQL(endless, ReportFixture.empty(), QueryLimits(kiloSteps: 100), as: JSONLRenderer()) {
                _ in
            }
        }
        #expect(steps?.code == .tooSlow)
    }

    @Test func `A restricted connection stays so`() throws {
        let db = try ReportFixture.database()
        _ = try Reports.sql("SELECT 1", db)
        #expect(throws: SQLiteError.self) { try db.run("DELETE FROM event") }
        #expect(throws: SQLiteError.self) { _ = try db.scalar("SELECT count(*) FROM issue") as Int? }
    }
}
