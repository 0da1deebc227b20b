import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

@testable import OrchCommands

/// `orch plan`.
@Suite struct PlanTests {
    /// A repository's folder with a database, and a way to file issues that are handed over.
    private struct Scene {
        let store: TestStore
        let console: Console

        init() throws {
            store = try TestStore.onDisk()
            console = Console(directory: try #require(store.directory).path)
        }

        @discardableResult
        func queued(_ title: String, labels: [String] = [], blockedBy: [Int] = [], phase: IssuePhase = .queued) throws
            -> Int
        {
            let number = try store.rows.issue(title, phase: phase)
            for label in ["orchestrate"] + labels {
                _ = try store.tables.issues.want(number, label: label, true)
                try store.tables.issues.observe(number, label: label, true)
            }
            try store.tables.issues.setPriority(number, PriorityLabel.parse(labels))
            try store.tables.issues.setBlockers(number, blockedBy, source: "body")
            return number
        }
    }

    @Test func `what is ready comes in the order in which it starts, and what is blocked behind what blocks it`()
        async throws
    {
        let scene = try Scene()
        try scene.queued("Last of a chain", blockedBy: [2])  // 1
        try scene.queued("Middle", blockedBy: [3])  // 2
        try scene.queued("First")  // 3
        try scene.queued("Urgent", labels: ["priority:P0"])  // 4
        try scene.queued("Never", blockedBy: [99])  // 5
        try scene.queued("Not queued", phase: .none)  // 6
        try scene.queued("Looked at", phase: .review)  // 7
        try scene.store.rows.issue("Nobody's")  // 8
        let result = await scene.console.run("plan", "--json")
        #expect(result.status == 0)
        let plan = try #require(result.json)
        func numbers(_ key: String) -> [Int64] { (plan[key]?.arrayValue ?? []).compactMap { $0["number"]?.intValue } }
        #expect(numbers("ready") == [4, 3])
        #expect(numbers("blocked") == [6, 2, 1, 5])
        #expect(numbers("others") == [7])
        #expect(plan["daemon_running"] == false)
        let blocked = try #require(plan["blocked"]?.arrayValue)
        #expect(blocked[0]["reason"] == "it is not queued")
        #expect(blocked[0]["change"] == "add the label `agent:queued`")
        #expect(blocked[1]["reason"] == "blocked by #3")
        #expect(blocked[3]["reason"] == "blocked by #99; there is no #99")
        #expect(blocked[3]["blocked_by"] == [99])
    }

    @Test func `people get two tables and what else there is to know`() async throws {
        let scene = try Scene()
        try scene.queued("First")
        try scene.queued("Second", blockedBy: [1])
        try scene.queued("Stuck", phase: .stalled)
        let result = await scene.console.run("plan")
        #expect(
            result.out == """
                Ready (0 of 3 places taken)
                number  priority  title  reason
                     1         5  First  is next

                Blocked
                number  priority  title   reason         change
                     2         5  Second  blocked by #1  #1 done or closed

                """
        )
        #expect(result.err == "In the phase stalled: #3.\nNo daemon runs: `orch daemon` starts what is ready.\n")
    }

    @Test func `places, a pause and a GitHub that is away hold what is ready`() async throws {
        let scene = try Scene()
        try scene.queued("First")
        try scene.queued("Second")
        try scene.store.tables.hub.setWIP(1)
        let full = await scene.console.run("plan")
        #expect(full.out.contains("First   is next"))
        #expect(full.out.contains("Second  waits for a place: 0 of 1 are taken"))
        try scene.store.tables.hub.setPaused(true, reason: "a holiday")
        #expect(
            await scene.console.run("plan").err == "Nothing starts now: the hub is paused: a holiday (orch resume).\n"
        )
        try scene.store.tables.hub.setPaused(false, reason: nil)
        try scene.store.tables.tracker.setKind("github")
        _ = try scene.store.tables.tracker.setState(.unauthorized, reason: "the token is refused", nowMs: 1)
        #expect(
            await scene.console.run("plan", "--json").json?["hold"]?.stringValue?.contains("the token is refused")
                == true
        )
    }

    @Test func `issues that wait for each other come last, and nothing at all is told`() async throws {
        let scene = try Scene()
        #expect(await scene.console.run("plan").err == "Nothing waits for an agent.\n")
        try scene.queued("A", blockedBy: [2])
        try scene.queued("B", blockedBy: [1])
        try scene.queued("C", blockedBy: [4])
        try scene.queued("D", labels: ["priority:P9"])
        let plan = try #require(await scene.console.run("plan", "--json").json)
        #expect(plan["blocked"]?.arrayValue?.compactMap { $0["number"]?.intValue } == [3, 1, 2])
        #expect(plan["blocked"]?.arrayValue?.last?["reason"]?.stringValue?.contains("cycle: #2 → #1 → #2") == true)
    }
}
