import OrchCore
import OrchStore
import SQLite
import Testing

struct ReportsTests {
    @Test(arguments: ReportKind.allCases)
    func `Every report of a busy hub reads as documented`(kind: ReportKind) throws {
        let db = try ReportFixture.database()
        let table = try Reports.run(kind, ReportFilter(), db)
        #expect(JSONLRenderer().text(table) == ReportExpectations.jsonl[kind])
    }

    @Test(arguments: ReportKind.allCases)
    func `A table for people reads as documented`(kind: ReportKind) throws {
        let db = try ReportFixture.database()
        let table = try Reports.run(kind, ReportFilter(), columns: .headline, db)
        #expect(TableRenderer(TableStyle(width: 100)).text(table) == ReportExpectations.tables[kind])
    }

    @Test(arguments: ReportKind.allCases)
    func `An empty hub has empty reports, with their columns`(kind: ReportKind) throws {
        let table = try Reports.run(kind, ReportFilter(), ReportFixture.empty())
        #expect(table.rows.isEmpty)
        #expect(!table.columns.isEmpty)
        #expect(JSONRenderer().text(table) == "[]\n")
        #expect(TableRenderer().text(table) == "")
    }

    @Test(arguments: [
        (ReportKind.issues, ["number", "title", "labels", "phase", "agent", "branch", "worktree", "blocked_by"]),
        (.agents, ["name", "issue", "state", "thread", "worked_ms", "budget_ms", "tokens"]),
        (.turns, ["id", "agent", "kind", "status", "client_id", "tokens"]),
        (.decisions, ["id", "verb", "status", "reason"]),
        (.artifacts, ["id", "kind", "size", "agent"]),
        (.events, ["seq", "at", "kind"]),
        (.stalls, ["agent", "issue", "since_at", "why", "tried", "nudges", "wrap_up", "turns"]),
    ])
    func `The promised keys are there`(kind: ReportKind, keys: [String]) throws {
        let columns = try Reports.run(kind, ReportFilter(), ReportFixture.empty()).columns.map(\.name)
        for key in keys { #expect(columns.contains(key), "\(kind) lacks \(key)") }
    }

    @Test(arguments: ReportKind.allCases)
    func `The headline and the order are columns of the view`(kind: ReportKind) throws {
        let columns = try Reports.run(kind, ReportFilter(), ReportFixture.empty()).columns.map(\.name)
        for name in kind.headline + [kind.period.begins, kind.period.ends] {
            #expect(columns.contains(name), "\(kind) lacks \(name)")
        }
    }

    @Test(arguments: ReportKind.allCases)
    func `Every filter at once is taken by every report`(kind: ReportKind) throws {
        let db = try ReportFixture.database()
        let filter = ReportFilter(
            sinceMs: 0,
            untilMs: Int64.max,
            agent: "iss_1",
            issue: 1,
            status: kind.statuses.map(\.first) ?? "turn",
            limit: 5
        )
        for columns in [Reports.Columns.all, .headline] {
            guard kind.statuses != [] else { continue }
            _ = try Reports.run(kind, filter, columns: columns, db)
        }
    }

    @Test func `A state is derived from facts`() throws {
        let table = try Reports.run(.agents, ReportFilter(), ReportFixture.database())
        let states = table.objects.compactMap { row in
            row["name"]?.stringValue.map { "\($0) \(row["state"]?.stringValue ?? "")" }
        }
        #expect(
            states == [
                "orchestrator idle", "iss_1 working", "iss_3 stalled", "iss_4 closed", "asks waiting_approval",
                "idle_one idle",
                "has_mail queued", "misplaced parked", "ends wrapping_up", "begins starting",
            ]
        )
    }

    @Test func `The timeline tells what happened in one moment in the order of the log`() throws {
        let db = try ReportFixture.database()
        try ReportFixture.tellMore(db)
        let story = try Reports.run(
            .timeline,
            ReportFilter(sinceMs: ReportFixture.start + 9_000),
            columns: .headline,
            db
        )
        #expect(
            TableRenderer().text(
                ReportTable(columns: Array(story.columns.dropFirst()), rows: story.rows.map { Array($0.dropFirst()) })
            ) == """
                kind                 agent  issue  what
                issue.created        -          1  Parse the config
                issue.phase          -          1  none → queued
                issue.phase          -          1  queued → running
                agent.created        iss_1      1  ai/iss-1-parse
                turn.running         iss_1      1  task
                turn.completed       iss_1      1  Parsed it
                turn.failed          iss_3      3  server overloaded
                decision.suppressed  iss_4      4  close: autopilot is off
                approval.asked       asks       -  rm -rf build
                approval.denied      iss_1      1  curl x: no network
                issue.phase          -          3  nothing was committed
                agent.closed         iss_4      4  budget: its budget is used up
                issue.closed         -          5  Old
                hub.stopped          -          -  orch stop

                """
        )
        let comment = try Reports.run(.timeline, ReportFilter(status: "issue.commented"), db).objects.first
        #expect(comment?["what"] == "ann: please hurry")
    }

    @Test(arguments: ReportKind.allCases)
    func `Each column of a view is explained, in its order`(kind: ReportKind) throws {
        let reference = ReportReference(kind)
        let columns = try Reports.run(kind, ReportFilter(), ReportFixture.empty()).columns.map(\.name)
        #expect(reference.columns.map(\.name) == columns)
        #expect(!reference.summary.isEmpty)
        for (name, comment) in reference.columns where comment.isEmpty {
            #expect(name == "at" || name == "at_ms" || name.hasSuffix("_at") || name.hasSuffix("_at_ms"), "\(name)")
        }
        #expect(reference.entries.allSatisfy { !$0.meaning.isEmpty })
    }

    // MARK: Filters

    @Test func `A period is half open and a limit keeps the newest, oldest first`() throws {
        let db = try ReportFixture.database()
        let start = ReportFixture.start
        func seqs(_ filter: ReportFilter) throws -> [Int64] {
            try Reports.run(.events, filter, db).objects.compactMap { $0["seq"]?.intValue }
        }
        #expect(try seqs(ReportFilter(sinceMs: start + 2_000)) == [2, 3, 4, 5, 6])
        #expect(try seqs(ReportFilter(sinceMs: start + 2_001, untilMs: start + 6_000)) == [3, 4])
        #expect(try seqs(ReportFilter(untilMs: start + 2_000)) == [1])
        #expect(try seqs(ReportFilter(limit: 2)) == [5, 6])
        #expect(try seqs(ReportFilter(limit: 0)) == [])
        #expect(try seqs(ReportFilter(agent: "iss_3", limit: 1)) == [5])
        #expect(try seqs(ReportFilter(issue: 1)) == [2, 3])
        #expect(try seqs(ReportFilter(status: "agent.stalled")) == [5])
        #expect(try seqs(ReportFilter(status: "agent")) == [2, 4, 5])
    }

    @Test func `A limit keeps the first of what is no log`() throws {
        let db = try ReportFixture.database()
        let numbers = try Reports.run(.issues, ReportFilter(limit: 2), db).objects.compactMap { $0["number"]?.intValue }
        #expect(numbers == [1, 2])
        let newest = try Reports.run(.timeline, ReportFilter(limit: 2), columns: .headline, db).objects.compactMap {
            $0["kind"]?.stringValue
        }
        #expect(newest == ["agent.nudged", "agent.stalled"])
    }

    @Test(arguments: [
        ("live", 9), ("working", 1), ("stalled", 1), ("closed", 1), ("waiting_approval", 1), ("idle", 2),
    ])
    func `Agents are chosen by state`(state: String, count: Int) throws {
        #expect(try Reports.run(.agents, ReportFilter(status: state), ReportFixture.database()).rows.count == count)
    }

    @Test(arguments: [("open", 4), ("closed", 1), ("queued", 1), ("stalled", 2), ("review", 0)])
    func `Issues are chosen by phase and by state`(word: String, count: Int) throws {
        #expect(try Reports.run(.issues, ReportFilter(status: word), ReportFixture.database()).rows.count == count)
    }

    @Test func `A name of an agent means all agents that had it, in any case`() throws {
        let db = try ReportFixture.database()
        let issue4 = HubTables(db)
        try db.write {
            _ = try issue4.agents.create(
                AgentTable.New(
                    name: "iss_4",
                    role: .sub,
                    issue: 4,
                    branch: nil,
                    worktree: nil,
                    budget: BudgetState(budgetMs: 5, checkinMs: 5)
                ),
                nowMs: 1
            )
        }
        #expect(try Reports.run(.agents, ReportFilter(agent: "ISS_4"), db).rows.count == 2)
    }

    @Test(arguments: [
        (ReportFilter(agent: "nobody"), StoreError.Code.notFound, "no agent 'nobody'"),
        (ReportFilter(agent: "\u{1B}[31m"), .notFound, "no agent '␛[31m'"),
        (ReportFilter(issue: 99), .notFound, "no issue #99"),
        (ReportFilter(status: "asleep"), .invalidQuery, "choose one of live, starting"),
        (ReportFilter(limit: -1), .invalidQuery, "limit of -1"),
        (ReportFilter(sinceMs: 5, untilMs: 5), .invalidQuery, "ends before it begins"),
    ])
    func `A filter that makes no sense is an error, and says why`(
        filter: ReportFilter,
        code: StoreError.Code,
        words: String
    ) throws {
        let db = try ReportFixture.database()
        let error = #expect(throws: StoreError.self) { _ = try Reports.run(.agents, filter, db) }
        #expect(error?.code == code)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [ReportFilter(agent: "iss_1"), ReportFilter(issue: 1), ReportFilter(status: "x")])
    func `What the server wrote is nobody's`(filter: ReportFilter) throws {
        let error = #expect(throws: StoreError.self) {
            _ = try Reports.run(.stderr, filter, ReportFixture.database())
        }
        #expect(error?.code == .invalidQuery)
    }

    @Test func `Tokens can't be chosen by status`() throws {
        let error = #expect(throws: StoreError.self) {
            _ = try Reports.run(.tokens, ReportFilter(status: "x"), ReportFixture.empty())
        }
        #expect(error?.code == .invalidQuery)
    }

    // MARK: Cost

    @Test(arguments: [
        ReportKind.stalls, .decisions, .agents, .issues, .turns, .approvals, .budgets, .tokens, .artifacts, .outbox,
        .stderr,
    ])
    func `No report but the log's own looks at the log`(kind: ReportKind) throws {
        let db = try ReportFixture.empty()
        let plan: [String] = try db.query("EXPLAIN QUERY PLAN SELECT * FROM \(kind.view)") { try $0.get(3) }
        #expect(!plan.isEmpty)
        // The alias of the log in every view is `e`; `event` is its name.
        for step in plan {
            #expect(!step.hasSuffix(" e") && !step.contains(" e ") && !step.contains("event"), "\(step)")
        }
    }

    @Test func `Stalls are found by their own index`() throws {
        let db = try ReportFixture.empty()
        let plan: [String] = try db.query("EXPLAIN QUERY PLAN SELECT * FROM report_stalls") { try $0.get(3) }
        #expect(plan.contains("SCAN w USING INDEX agent_stalled"))
        #expect(plan.contains { $0.hasPrefix("SEARCH n USING INDEX issue_phase") })
        #expect(!plan.contains { $0.hasPrefix("SCAN t") || $0 == "SCAN a" || $0 == "SCAN i" })
    }

    @Test func `The timeline finds its part of the log by kind, and an agent's events by agent`() throws {
        let db = try ReportFixture.empty()
        let timeline: [String] = try db.query("EXPLAIN QUERY PLAN SELECT * FROM report_timeline") { try $0.get(3) }
        #expect(timeline.contains { $0.hasPrefix("SEARCH e USING INDEX event_kind_at (kind=?") })
        let events: [String] = try db.query(
            "EXPLAIN QUERY PLAN SELECT * FROM report_events WHERE agent_id IN (1) ORDER BY seq"
        ) {
            try $0.get(3)
        }
        #expect(events.contains { $0.hasPrefix("SEARCH e USING INDEX event_agent") })
    }

    @Test func `A long log is written in pieces`() throws {
        let db = try ReportFixture.empty()
        try db.write {
            for seq in 1...3_000 {
                try db.run("INSERT INTO event (at_ms, kind, data) VALUES (?, 'x.y', '{\"a\":1}')", seq)
            }
        }
        var pieces: [Int] = []
        var lines = 0
        try Reports.write(.events, ReportFilter(), db, as: JSONLRenderer()) { bytes in
            pieces.append(bytes.count)
            lines += bytes.count { $0 == UInt8(ascii: "\n") }
        }
        #expect(lines == 3_000)
        #expect(pieces.count > 2)
        #expect(pieces.allSatisfy { $0 < 1 << 17 })
    }

    @Test func `A reader that has enough ends the query`() throws {
        let db = try ReportFixture.database()
        var seen = 0
        try Reports.stream(.events, ReportFilter(), db, begin: { _ in }) { _ in
            seen += 1
            return seen < 2
        }
        #expect(seen == 2)
        #expect(!db.isInTransaction)
    }
}
