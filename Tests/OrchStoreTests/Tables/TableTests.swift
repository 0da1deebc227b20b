import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

struct TableTests {
    private let store: TestStore
    private var tables: HubTables { store.tables }
    private var rows: RowFactory { store.rows }
    private let now = TestStore.startMs

    init() throws {
        store = try TestStore.inMemory()
    }

    @Test(arguments: AgentPhase.allCases)
    func `An agent in any phase comes back as it was made`(phase: AgentPhase) throws {
        let agent = try rows.agent("ada", phase: phase)
        #expect(agent.phase == phase)
        #expect(try (tables.agents.live(named: "ada") == nil) == (phase == .closed))
        try tables.agents.setBrief(agent.id, "Look at the parser.")
        #expect(try tables.agents.require(agent.id).brief == "Look at the parser.")
    }

    @Test(arguments: TurnStatus.allCases)
    func `A turn in any status comes back as it was made`(status: TurnStatus) throws {
        let turn = try rows.turn("t", rows.agent(), status: status)
        #expect(turn.status == status)
        #expect(try tables.turns.openCount(agent: turn.agent) == (status.isSettled ? 0 : 1))
        #expect((turn.endedAtMs != nil) == status.isSettled)
    }

    @Test func `A row that must be there and is not is an error`() throws {
        expectStoreError(.missingRow, "agent 7") { try tables.agents.require(7) }
        expectStoreError(.missingRow, "turn x") { try tables.turns.require("x") }
        expectStoreError(.missingRow, "issue #7") { try tables.issues.require(7) }
    }

    @Test func `Items come once, and the last message is the last that was said`() throws {
        let agent = try rows.agent()
        try rows.turn("t", agent, status: .running)
        let turns = tables.turns
        #expect(try turns.lastMessage(turn: "t") == nil)
        try turns.itemStarted(turn: "t", item: "c", kind: "command", summary: "ls", nowMs: 1)
        try turns.itemStarted(turn: "t", item: "c", kind: "command", summary: "again", nowMs: 2)
        let complete = { (item: String, kind: String, text: String) in
            let artifact = try self.tables.artifacts.put(Array(text.utf8), nowMs: 1)
            return try turns.itemCompleted(
                turn: "t",
                item: item,
                kind: kind,
                status: nil,
                summary: text,
                artifact: artifact,
                nowMs: 3
            )
        }
        #expect(try complete("z", "agent_message", "first"))
        #expect(try complete("c", "command", "done"))
        #expect(try !complete("c", "command", "twice"))
        #expect(try complete("a", "agent_message", "second"))
        #expect(try !complete("a", "agent_message", "told again"))
        #expect(try turns.lastMessage(turn: "t")?.item == "a")
        try turns.itemStarted(turn: "t", item: "d", kind: "command", summary: "make", nowMs: 4)
        #expect(try turns.runningItems(turn: "t") == ["make"])
        #expect(try turns.finishedItems(turn: "t") == ["done [completed]"])
    }

    @Test func `Turns that were cut off in a row without a finished item are counted`() throws {
        let agent = try rows.agent()
        #expect(try tables.turns.continuationsInARow(agent: agent.id) == 0)
        try rows.turn("t1", agent, status: .completed, prompt: "The charter.")
        try rows.turn("t2", agent, kind: .send, status: .interrupted)
        for number in 3...5 { try rows.turn("t\(number)", agent, kind: .continue, status: .interrupted) }
        #expect(try tables.turns.continuationsInARow(agent: agent.id) == 4)
        _ = try tables.turns.itemCompleted(
            turn: "t4",
            item: "i",
            kind: "command",
            status: nil,
            summary: "ls",
            artifact: nil,
            nowMs: 1
        )
        #expect(try tables.turns.continuationsInARow(agent: agent.id) == 1)
        try rows.turn("t6", agent, kind: .continue, status: .completed)
        #expect(try tables.turns.continuationsInARow(agent: agent.id) == 0)
        #expect(try tables.turns.firstPrompt(agent: agent.id) == "The charter.")
        #expect(try tables.turns.lastStarted(agent: agent.id)?.id == "t6")
    }

    @Test func `What waits for an agent is sent in order, and delays are known`() throws {
        let agent = try rows.agent()
        for id in ["a", "b"] { try rows.turn(id, agent, kind: .send) }
        try tables.turns.setQueued("b", notBeforeMs: now + 50)
        #expect(try tables.turns.queued(agent: agent.id).map(\.id) == ["a", "b"])
        #expect(try tables.turns.nextQueued(agent: agent.id)?.id == "a")
        #expect(try tables.turns.agentsWithQueued() == [agent.id])
        #expect(try tables.turns.nextNotBeforeMs(after: 0) == now + 50)
        #expect(try tables.turns.nextNotBeforeMs(after: now + 50) == nil)
    }

    @Test func `Effects are cancelled by key and by kind, and what is settled stays`() throws {
        let first = try rows.effect("a", kind: "x")
        let second = try rows.effect("b", kind: "y")
        let third = try rows.effect("c", kind: "x")
        try tables.outbox.settle(third, .done, nowMs: 1)
        try tables.outbox.cancel(key: "a", nowMs: 2)
        try tables.outbox.cancel(key: "c", nowMs: 2)
        try tables.outbox.setPerforming(second, epoch: 1)
        try tables.outbox.cancelOpen(kinds: ["x", "y"], nowMs: 3)
        #expect(
            try [first, second, third].map { try tables.outbox.find($0)?.status } == [.cancelled, .cancelled, .done]
        )
    }

    @Test func `Messages put into a turn are found until they end`() throws {
        let agent = try rows.agent()
        try rows.turn("t", agent, status: .running)
        for id in ["a", "b", "c"] { try rows.turn(id, agent, kind: .send, steers: "t") }
        let conversation = try #require(try tables.conversations.current(agent: agent.id)).id
        for id in ["b", "a"] { try tables.turns.setSubmitting(id, conversation: conversation, nowMs: now) }
        #expect(try tables.turns.openSteers(of: "t").map(\.id) == ["a", "b"])
        try tables.turns.settle("a", .steered, nowMs: now)
        #expect(try tables.turns.openSteers(of: "t").map(\.id) == ["b"])
        #expect(try tables.turns.openSteers(of: "b").isEmpty)
    }

    @Test func `What an agent reported comes oldest first, the latest few`() throws {
        let agent = try rows.agent("ada")
        let other = try rows.agent("bob")
        for number in 1...4 { try rows.report("t\(number)", agent, "report \(number)") }
        try rows.report("o", other, "of another")
        try rows.turn("t5", agent, status: .interrupted)
        #expect(try tables.turns.reportSummaries(agent: agent.id, limit: 3) == ["report 2", "report 3", "report 4"])
        #expect(try tables.turns.reportSummaries(agent: other.id) == ["of another"])
    }

    @Test func `A blocker is open until it is done or closed, an unknown one always`() throws {
        let issues = tables.issues
        let blocked = try rows.issue()
        let (open, done, closed) = (try rows.issue(), try rows.issue(phase: .done), try rows.issue())
        try issues.setOpen(closed, false, nowMs: now)
        try issues.setBlockers(blocked, [99, open, done, closed, open], source: "body")
        try issues.setBlockers(blocked, [open], source: "label")
        #expect(try issues.openBlockers(blocked) == [open, 99])
        #expect(try issues.openBlockers(open).isEmpty)
        try issues.setPhase(open, .done, reason: nil, nowMs: now)
        try issues.setBlockers(blocked, [open, done], source: "body")
        #expect(try issues.openBlockers(blocked).isEmpty)
    }

    @Test func `A retry is due from its time on, of an issue that waits`() throws {
        let issue = try rows.issue(phase: .queued)
        #expect(try !tables.issues.isRetryDue(nowMs: now))
        try tables.issues.setRetry(issue, attempts: 1, retryAtMs: now)
        #expect(try !tables.issues.isRetryDue(nowMs: now - 1))
        #expect(try tables.issues.isRetryDue(nowMs: now))
        #expect(try tables.issues.nextRetryMs(after: now - 1) == now)
        try tables.issues.setPhase(issue, .running, reason: nil, nowMs: now)
        #expect(try !tables.issues.isRetryDue(nowMs: now))
    }

    @Test func `Lines of stderr are kept up to a number`() throws {
        for number in 0..<30 { try tables.stderrLines.append(source: "codex", line: "line \(number)", nowMs: 1) }
        try tables.stderrLines.trim(keep: 10)
        #expect(try tables.stderrLines.last(100).map(\.line) == (20..<30).map { "line \($0)" })
        #expect(try tables.stderrLines.last(2).map(\.line) == ["line 28", "line 29"])
        try tables.stderrLines.trim(keep: 0)
        #expect(try tables.stderrLines.last(2).isEmpty)
    }

    @Test func `Facts are told once, and told again when they did not arrive`() throws {
        let agent = try rows.agent()
        try rows.turn("d", agent, kind: .digest)
        try tables.digests.add("IDLE", agent: agent.id, issue: nil, data: ["idle": "5m"], nowMs: 10)
        #expect(try tables.digests.isTold("IDLE", agent: agent.id, sinceMs: 10))
        #expect(try !tables.digests.isTold("IDLE", agent: agent.id, sinceMs: 11))
        #expect(try !tables.digests.isTold("OTHER", agent: agent.id, sinceMs: 0))
        let entry = try #require(try tables.digests.pending(limit: 5).first)
        #expect(entry.data == #"{"idle":"5m"}"#)
        try tables.digests.setDigest(through: entry.id, turn: "d")
        #expect(try tables.digests.pending(limit: 5).isEmpty)
        try tables.digests.release(turn: "d")
        #expect(try tables.digests.pending(limit: 5).map(\.id) == [entry.id])
        #expect(try tables.digests.firstPendingMs() == 10)
    }

    @Test func `Labels are levels: what is wanted against what is seen`() throws {
        let issue = try rows.issue()
        #expect(try tables.issues.want(issue, label: "agent:queued", true))
        #expect(try !tables.issues.want(issue, label: "agent:queued", true))
        #expect(try !tables.issues.want(issue, label: "unknown", false))
        #expect(try tables.issues.labelDifference(issue).add == ["agent:queued"])
        try tables.issues.observe(issue, label: "agent:queued", true)
        #expect(try tables.issues.labelDifference(issue).add.isEmpty)
        #expect(try tables.issues.want(issue, label: "agent:queued", false))
        #expect(try tables.issues.labelDifference(issue).remove == ["agent:queued"])
        try tables.issues.observe(issue, label: "agent:queued", false)
        #expect(try tables.issues.labels(issue).isEmpty)
    }

    @Test func `I4: a comment with a marker is written once`() throws {
        let issue = try rows.issue()
        #expect(try tables.issues.comment(issue, author: "orch", body: "b", marker: "m", nowMs: 1) != nil)
        #expect(try tables.issues.comment(issue, author: "orch", body: "b", marker: "m", nowMs: 2) == nil)
        try tables.issues.comment(issue, author: "ann", body: "b", marker: nil, nowMs: 3)
        try tables.issues.comment(issue, author: "ann", body: "b", marker: nil, nowMs: 4)
        #expect(try tables.issues.comments(issue).count == 3)
    }
}
