import OrchCore
import OrchStore
import SQLite
import Testing

struct ExplainTests {
    private let nowMs = ReportFixture.start + 10_000

    private func explain(_ number: Int, _ db: Connection) throws -> IssueExplanation {
        try Reports.explain(issue: number, nowMs: nowMs, db)
    }

    private func withoutChange(_ table: ReportTable) -> ReportTable {
        ReportTable(columns: table.columns.dropLast(), rows: table.rows.map { $0.dropLast() })
    }

    @Test func `A waiting issue is explained by its first closed gate, in the order of the hub`() throws {
        let db = try ReportFixture.database()
        try db.run("UPDATE hub SET wip = 8")
        let answer = try explain(2, db)
        #expect(answer.gates.map(\.gate) == GateResult.Gate.allCases.map(\.rawValue))
        #expect(
            answer.verdict == """
                #2 is queued: gate `blockers` holds it, blocked by #1, #9; there is no #9; what would change it: #1 done or \
                closed, and no longer name #9 as a blocker (`capacity` holds it, too)
                """
        )
        #expect(
            TableRenderer().text(withoutChange(answer.table)) == """
                gate          pass  since                 detail
                open          yes   2025-08-21 10:02:47Z  the issue is open
                orchestrated  yes   -                     it is labelled for orch
                queued        yes   2025-08-21 10:02:47Z  it is queued
                blockers      no    2025-08-21 10:02:48Z  blocked by #1, #9; there is no #9
                free          yes   -                     no agent works on it
                retry         yes   -                     no retry is being waited for
                hub           yes   -                     the hub is not paused
                quota         yes   -                     the account's usage limit is not reached
                capacity      no    2025-08-21 10:02:48Z  8 of 8 places taken; misplaced waits for a person

                """
        )
        let blockers = answer.json["gates"]?[3]
        #expect(blockers?["since_at_ms"] == .integer(ReportFixture.start + 150))
        #expect(blockers?["pass"] == false)
    }

    @Test func `A narrow terminal goes on below, and cuts nothing off`() throws {
        let answer = try explain(2, ReportFixture.database())
        let text = TableRenderer(TableStyle(width: 80)).text(answer.table)
        #expect(
            text.contains(
                """
                blockers      no    2025-08-21 10:02:48Z  blocked by #1, #9;  #1 done or closed,
                                                          there is no #9      and no longer name
                                                                              #9 as a blocker

                """
            ),
            "\(text)"
        )
    }

    @Test func `A running issue is explained by its agent`() throws {
        let db = try ReportFixture.database()
        let answer = try explain(1, db)
        #expect(answer.verdict == "#1 is running: agent iss_1 works on it and is working")
        #expect(answer.json["agent_state"] == "working")
        try db.run("UPDATE agent SET phase = 'parked', reason = 'no rollout' WHERE name = 'iss_1'")
        #expect(
            try explain(1, db).verdict == """
                #1 is running: its agent iss_1 is parked (no rollout) and waits for a person; what would change it: \
                orch issue retry 1, or orch agent close iss_1
                """
        )
    }

    @Test func `An issue that nobody handed over says what hands it over`() throws {
        let db = try ReportFixture.database()
        try db.run("UPDATE issue SET phase = 'none' WHERE number = 2")
        try db.run("DELETE FROM issue_label WHERE issue = 2")
        let answer = try Reports.explain(
            issue: 2,
            labels: LabelNames(orchestrate: "bot", queued: "bot:todo"),
            nowMs: nowMs,
            db
        )
        #expect(
            answer.verdict == """
                #2 is not handed to the hub; what would change it: add the label `bot` and add the label `bot:todo` \
                (orch issue label 2 --queue)
                """
        )
    }

    @Test func `The labels are called as the last daemon had them`() throws {
        let db = try ReportFixture.database()
        try db.run("UPDATE issue SET phase = 'none' WHERE number = 2")
        try db.run(
            "UPDATE hub SET settings = ?",
            #"{"labels":{"orchestrate":"bot","queued":"bot:todo"},"required_labels":["team:a"]}"#
        )
        #expect(try explain(2, db).gates[1].change == "add the label `bot`")
        try db.run("INSERT INTO issue_label VALUES (2, 'bot', 1, 1)")
        let gate = try explain(2, db).gates[1]
        #expect(gate.detail == "the settings require the label `team:a`, which is missing")
        try db.run("INSERT INTO issue_label VALUES (2, 'team:a', 1, 1)")
        #expect(try explain(2, db).gates[1].pass)
    }

    @Test func `A closed issue is closed, whatever its gates were`() throws {
        let answer = try explain(5, ReportFixture.database())
        #expect(answer.verdict == "#5 is closed; what would change it: orch issue reopen 5")
        #expect(!answer.gates[0].pass)
        #expect(answer.gates[0].sinceMs == ReportFixture.start + 900)
    }

    @Test func `A stalled issue says why, and what would change it`() throws {
        let answer = try explain(4, ReportFixture.database())
        #expect(answer.agent == nil)
        #expect(
            answer.verdict == """
                #4 is stalled (its budget is used up): it waits for a person; what would change it: orch issue retry 4
                """
        )
    }

    @Test func `Finished work says how it goes on`() throws {
        let db = try ReportFixture.database()
        try db.run("UPDATE issue SET phase = 'review', branch = 'ai/iss-4-too-long', reason = NULL WHERE number = 4")
        #expect(try explain(4, db).verdict.contains("#4 waits for a review: merge its branch ai/iss-4-too-long"))
        try db.run("UPDATE issue SET phase = 'done' WHERE number = 4")
        #expect(try explain(4, db).verdict == "#4 is done; to have it worked on again: orch issue retry 4")
    }

    @Test func `All gates open means that it starts, if a daemon runs`() throws {
        let db = try ReportFixture.database()
        try db.run("DELETE FROM issue_blocker")
        var answer = try explain(2, db)
        #expect(answer.verdict == "#2 is queued: every gate is open; it starts at the hub's next look")
        answer.isHubRunning = false
        #expect(
            answer.verdict == "#2 is queued: every gate is open, and no daemon runs; what would change it: orch daemon"
        )
    }

    @Test func `A time is told only while the hub found the same`() throws {
        let db = try ReportFixture.database()
        try db.run("UPDATE hub SET paused = 1")
        try db.run("INSERT INTO gate VALUES (2, 'hub', 1, 'the hub is not paused', '', 5)")
        let answer = try explain(2, db)
        #expect(answer.gates[6].pass == false)
        #expect(answer.gates[6].sinceMs == nil)
        #expect(answer.json["gates"]?[6]?["since_at"] == .null)
    }

    @Test func `An unknown issue is not found`() throws {
        let error = #expect(throws: StoreError.self) { _ = try explain(99, ReportFixture.database()) }
        #expect(error?.code == .notFound)
    }
}
