import OrchCore
import OrchStore
import SQLite
import Testing

struct ExplainTests {
    @Test func `A waiting issue is explained by its first closed gate, in the order of the hub`() throws {
        let answer = try Reports.explain(issue: 2, ReportFixture.database())
        #expect(answer.gates.map(\.gate) == ["open", "blockers", "capacity", "zeta"])
        #expect(
            answer.verdict
                == "#2 is queued: gate `blockers` holds it, blocked by #1; what would change it: #1 done or closed (and 1 more)"
        )
        #expect(
            TableRenderer().text(answer.table) == """
                gate      pass  since                 detail               change
                open      yes   2025-08-21 10:02:47Z  the issue is open
                blockers  no    2025-08-21 10:02:48Z  blocked by #1        #1 done or closed
                capacity  no    2025-08-21 10:02:48Z  3 of 3 places taken  an agent ends
                zeta      yes   2025-08-21 10:02:48Z  of a newer orch

                """
        )
        #expect(answer.json["gates"]?[1]?["since_at_ms"] == .integer(ReportFixture.start + 150))
        #expect(answer.json["gates"]?[1]?["pass"] == false)
    }

    @Test func `A running issue is explained by its agent`() throws {
        let answer = try Reports.explain(issue: 1, ReportFixture.database())
        #expect(answer.verdict == "#1 is running: agent iss_1 works on it and is working")
        #expect(answer.json["agent_state"] == "working")
    }

    @Test func `A stalled issue says why, and that no hub looked`() throws {
        let answer = try Reports.explain(issue: 4, ReportFixture.database())
        #expect(answer.agent == nil)
        #expect(
            answer.verdict
                == "#4 is stalled (its budget is used up): no hub has looked at it yet; is `orch daemon` running?"
        )
    }

    @Test func `All gates open means that it starts`() throws {
        let db = try ReportFixture.database()
        try db.run("UPDATE gate SET pass = 1, change = '' WHERE issue = 2")
        #expect(
            try Reports.explain(issue: 2, db).verdict
                == "#2 is queued: every gate is open; it starts at the hub's next look"
        )
    }

    @Test func `An unknown issue is not found`() throws {
        let error = #expect(throws: StoreError.self) { _ = try Reports.explain(issue: 99, ReportFixture.database()) }
        #expect(error?.code == .notFound)
    }
}
