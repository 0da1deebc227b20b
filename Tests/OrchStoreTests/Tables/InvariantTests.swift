import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

/// What the schema itself refuses, whoever asks.
struct InvariantTests {
    private let store: TestStore
    private var db: Connection { store.db }
    private var tables: HubTables { store.tables }
    private var rows: RowFactory { store.rows }

    init() throws {
        store = try TestStore.inMemory()
    }

    // MARK: I1

    @Test func `I1: each start has a higher epoch, which never goes down`() throws {
        let start = {
            try self.tables.hub.start(
                pid: 1,
                host: "h",
                version: "1",
                repository: "/r",
                baseBranch: "main",
                settings: "{}",
                nowMs: 1
            )
        }
        #expect(try start() == 1)
        #expect(try start() == 2)
        expectRefused("I1") { try db.run("UPDATE hub SET epoch = 1") }
        expectRefused("I1") { try db.run("DELETE FROM hub") }
        expectRefused("CHECK") { try db.run("INSERT INTO hub (id) VALUES (2)") }
    }

    // MARK: I2

    @Test func `I2: an issue has at most one live agent`() throws {
        let issue = try rows.issue()
        let first = try rows.agent("a", issue: issue)
        expectRefused("UNIQUE") { try rows.agent("b", issue: issue) }
        try tables.agents.close(first.id, outcome: .done, reason: nil, nowMs: 2)
        #expect(try rows.agent("b", issue: issue).id != first.id)
    }

    @Test func `I2: a live agent's name is its own, and there is one orchestrator`() throws {
        let first = try rows.agent("ada")
        expectRefused("UNIQUE") { try rows.agent("ada") }
        try tables.agents.close(first.id, outcome: .done, reason: nil, nowMs: 2)
        try rows.agent("ada")
        try rows.agent("boss", role: .orchestrator)
        expectRefused("UNIQUE") { try rows.agent("other", role: .orchestrator) }
    }

    @Test func `I2: an agent keeps name, role and issue, and is not opened again`() throws {
        let agent = try rows.agent("ada")
        let other = try rows.issue()
        expectRefused("I2") { try db.run("UPDATE agent SET name = 'bob'") }
        expectRefused("I2") { try db.run("UPDATE agent SET issue = ?", other) }
        expectRefused("I2") { try db.run("UPDATE agent SET issue = NULL") }
        try tables.agents.close(agent.id, outcome: .done, reason: nil, nowMs: 2)
        expectRefused("I2") { try db.run("UPDATE agent SET phase = 'ready', closed_at_ms = NULL") }
        try tables.agents.setLastEvent(agent.id, "late news", nowMs: 3)
    }

    @Test func `I2: a thread belongs to one agent, which has one live thread`() throws {
        let ada = try rows.agent("ada")
        let bob = try rows.agent("bob")
        let conversation = try rows.conversation(ada, thread: "t")
        expectRefused("UNIQUE") { try rows.conversation(bob, thread: "t") }
        expectRefused("I2") { try db.run("UPDATE conversation SET agent = ? WHERE id = ?", bob.id, conversation.id) }
        expectRefused("I2") { try db.run("UPDATE conversation SET thread = 'u' WHERE id = ?", conversation.id) }
        expectRefused("UNIQUE") { try rows.conversation(ada, thread: "v") }
        try tables.conversations.setState(conversation.id, .lost, reason: "gone")
        try rows.conversation(ada, thread: "v")
        expectRefused("I2") { try db.run("DELETE FROM conversation") }
    }

    // MARK: I3

    @Test func `I3: a command ends once, with its reason, and never disappears`() throws {
        let id = try rows.command()
        expectRefused("CHECK") { try tables.commands.settle(id, .refused, result: nil, error: nil, nowMs: 2) }
        expectRefused("CHECK") { try db.run("UPDATE command SET status = 'done'") }
        try tables.commands.settle(id, .failed, result: nil, error: "because", nowMs: 2)
        expectRefused("I3") { try tables.commands.settle(id, .done, result: nil, error: nil, nowMs: 3) }
        expectRefused("I3") { try db.run("UPDATE command SET status = 'pending', settled_at_ms = NULL") }
        expectRefused("I3") { try db.run("UPDATE command SET payload = '[]'") }
        expectRefused("I3") { try db.run("DELETE FROM command") }
        expectRefused("CHECK") {
            try db.run("INSERT INTO command (kind, payload, source, created_at_ms) VALUES ('x', 'no json', 'cli', 1)")
        }
    }

    @Test func `I3: nothing that was asked or said is deleted`() throws {
        let agent = try rows.agent()
        try rows.report("t", agent, "text")
        try rows.approval(agent)
        try tables.digests.add("IDLE", agent: agent.id, issue: nil, data: ["a": 1], nowMs: 1)
        _ = try tables.decisions.propose(key: "k", turn: "t", source: "block", verb: "spawn", payload: "{}", nowMs: 1)
        for table in ["issue", "agent", "turn", "decision", "digest_entry", "approval"] {
            expectRefused("I") { try db.run("DELETE FROM \(table)") }
        }
        expectRefused("I3") { try db.run("UPDATE digest_entry SET data = '{}'") }
    }

    @Test func `I3: a decision is settled once, and refused with a reason`() throws {
        let id = try #require(
            try tables.decisions.propose(
                key: "k",
                turn: nil,
                source: "tool",
                verb: "spawn",
                payload: "not json",
                nowMs: 1
            )
        )
        #expect(
            try tables.decisions.propose(key: "k", turn: nil, source: "tool", verb: "spawn", payload: "{}", nowMs: 1)
                == nil
        )
        expectRefused("CHECK") {
            try tables.decisions.settle(id, .refused, reason: nil, result: nil, agent: nil, issue: nil, nowMs: 2)
        }
        try tables.decisions.settle(id, .refused, reason: "bad JSON", result: nil, agent: nil, issue: nil, nowMs: 2)
        expectRefused("I4") {
            try tables.decisions.settle(id, .executed, reason: nil, result: nil, agent: nil, issue: nil, nowMs: 3)
        }
        expectRefused("I4") { try db.run("UPDATE decision SET verb = 'close'") }
    }

    // MARK: I4

    @Test func `I4: a key enters the outbox once, and one row of a lane is runnable`() throws {
        let first = try rows.effect("k1")
        #expect(try !tables.outbox.add(.init(key: "k1", kind: "x", lane: "l", payload: "{}", dueAtMs: 0), nowMs: 1))
        try rows.effect("k2")
        try rows.effect("k3", lane: "other")
        let now = TestStore.startMs
        #expect(try tables.outbox.runnable(nowMs: now, limit: 9).map(\.key) == ["k1", "k3"])
        try tables.outbox.setPerforming(first, epoch: 1)
        #expect(try tables.outbox.runnable(nowMs: now, limit: 9).map(\.key) == ["k3"])
        #expect(try tables.outbox.reclaim(before: 2) == 1)
        #expect(try tables.outbox.runnable(nowMs: now, limit: 9).map(\.attempts) == [1, 0])
    }

    @Test(arguments: [OutboxStatus.done, .failed, .cancelled])
    func `I4: an effect that was settled is not performed again`(status: OutboxStatus) throws {
        let id = try rows.effect("k")
        try tables.outbox.setPerforming(id, epoch: 1)
        try tables.outbox.settle(id, status, result: "r", nowMs: 2)
        for next in [OutboxStatus.pending, .performing, .done, .failed] {
            expectRefused("I4") { try db.run("UPDATE outbox SET status = ?, settled_at_ms = NULL", next) }
        }
        expectRefused("I4") { try db.run("UPDATE outbox SET result = 'other'") }
        expectRefused("I4") { try db.run("UPDATE outbox SET attempts = 0") }
        expectRefused("I4") { try db.run("DELETE FROM outbox") }
    }

    @Test func `I4: a key stands for one effect, until that is settled and asked for anew`() throws {
        let id = try rows.effect("k")
        expectRefused("I4") { try db.run("UPDATE outbox SET key = 'other'") }
        expectRefused("I4") { try db.run("UPDATE outbox SET payload = '[]'") }
        try tables.outbox.renew(key: "k")
        #expect(try tables.outbox.find(id)?.key == "k")
        try tables.outbox.settle(id, .done, nowMs: 2)
        try tables.outbox.renew(key: "k")
        #expect(try tables.outbox.find(key: "k") == nil)
        #expect(try rows.effect("k") != id)
        #expect(try tables.outbox.find(id)?.status == .done)
    }

    @Test(arguments: [TurnStatus.steered, .completed, .interrupted, .failed, .refused, .cancelled])
    func `I4: a turn that ended does not begin again`(status: TurnStatus) throws {
        try rows.turn("t", rows.agent(), status: status)
        for next in TurnStatus.allCases where next != status {
            expectRefused("I4") { try db.run("UPDATE turn SET status = ?", next) }
        }
    }

    @Test func `I4: a turn is recorded as submitted before it runs, and then not cancelled`() throws {
        let agent = try rows.agent()
        try rows.turn("t", agent)
        for next in [TurnStatus.running, .steered, .completed, .interrupted] {
            expectRefused("I4") { try db.run("UPDATE turn SET status = ?", next) }
        }
        try tables.turns.setSubmitting("t", conversation: rows.conversation(agent).id, nowMs: 1)
        expectRefused("I4") { try tables.turns.settle("t", .cancelled, nowMs: 2) }
        try tables.turns.setQueued("t", notBeforeMs: nil)
        try tables.turns.cancelQueued(agent: agent.id, reason: "closed", nowMs: 2)
        #expect(try tables.turns.require("t").status == .cancelled)
    }

    @Test func `I4: an agent has one turn at a time, steers aside; a turn is gone on with once`() throws {
        let agent = try rows.agent()
        try rows.turn("t1", agent, status: .running)
        try rows.turn("t2", agent, kind: .send)
        let conversation = try #require(try tables.conversations.current(agent: agent.id)).id
        expectRefused("UNIQUE") { try tables.turns.setSubmitting("t2", conversation: conversation, nowMs: 1) }
        try tables.turns.setSteers("t2", "t1")
        try tables.turns.setSubmitting("t2", conversation: conversation, nowMs: 1)
        // A message that did not get into the running turn waits again beside it.
        try tables.turns.setQueued("t2", notBeforeMs: nil)
        #expect(try tables.turns.require("t2").steers == nil)
        expectRefused("UNIQUE") { try tables.turns.setSubmitting("t2", conversation: conversation, nowMs: 1) }
        try tables.turns.settle("t1", .interrupted, nowMs: 2)
        try tables.turns.create(id: "t3", agent: agent.id, kind: .continue, prompt: "go on", continues: "t1", nowMs: 3)
        #expect(try tables.turns.continuation(of: "t1")?.id == "t3")
        expectRefused("UNIQUE") {
            try tables.turns.create(
                id: "t4",
                agent: agent.id,
                kind: .continue,
                prompt: "go on",
                continues: "t1",
                nowMs: 3
            )
        }
    }

    @Test func `I4: an id stands for one message`() throws {
        let agent = try rows.agent()
        try rows.turn("t", agent)
        expectRefused("UNIQUE") { try rows.turn("t", agent) }
        expectRefused("I4") { try db.run("UPDATE turn SET prompt = 'something else'") }
        expectRefused("I4") { try db.run("UPDATE turn SET id = 'u'") }
    }

    @Test func `I4: one app-server lives, and one that ended does not run again`() throws {
        let first = try rows.appServer(token: "a")
        expectRefused("UNIQUE") { try rows.appServer(token: "b") }
        try tables.appServers.setEnded(first, reason: "killed", nowMs: 2)
        expectRefused("I4") { try db.run("UPDATE app_server SET state = 'running', ended_at_ms = NULL") }
        #expect(try rows.appServer(token: "b") != first)
        #expect(try tables.appServers.endedSince(2) == 1)
        #expect(try tables.appServers.endedSince(3) == 0)
    }

    // MARK: I5

    @Test func `I5: the log of events is only added to`() throws {
        try tables.events.append("issue.created", issue: 1, ["title": "t"], nowMs: 1)
        expectRefused("I5") { try db.run("UPDATE event SET kind = 'other'") }
        expectRefused("I5") { try db.run("DELETE FROM event") }
        expectRefused("CHECK") { try db.run("INSERT INTO event (at_ms, kind, data) VALUES (1, 'x', 'no json')") }
    }

    @Test func `I5: a change and its event are there together, or neither`() throws {
        struct Stop: Error {}
        let issue = try rows.issue()
        #expect(throws: Stop.self) {
            try db.write {
                try tables.issues.setPhase(issue, .queued, reason: nil, nowMs: 2)
                try tables.events.append("issue.phase", issue: issue, ["phase": "queued"], nowMs: 2)
                throw Stop()
            }
        }
        #expect(try tables.issues.require(issue).phase == .none)
        #expect(try db.scalar("SELECT count(*) FROM event") == 0)
    }

    // MARK: I6

    @Test func `I6: what was consumed never goes down, and is never forgotten`() throws {
        let agent = try rows.agent()
        var budget = try tables.agents.budget(agent.id)
        budget.workedMs = 500
        budget.tokens = 70
        try tables.agents.setBudget(agent.id, budget)
        for change in ["worked_ms = 499", "tokens = 69"] {
            expectRefused("I6") { try db.run("UPDATE budget SET \(change)") }
        }
        expectRefused("I6") { try db.run("DELETE FROM budget") }
        try rows.turn("t", agent, status: .running)
        try tables.turns.addTokens("t", 5)
        try tables.turns.addWorked("t", 5)
        for change in ["worked_ms = 4", "tokens = 4", "tokens = NULL"] {
            expectRefused("I6") { try db.run("UPDATE turn SET \(change)") }
        }
    }

    // MARK: I7

    @Test func `I7: no agent beyond the limit, and a lower limit ends nobody`() throws {
        try tables.hub.setWIP(2)
        let create = { (name: String) in
            try tables.agents.create(
                .init(
                    name: name,
                    role: .sub,
                    issue: try rows.issue(),
                    branch: nil,
                    worktree: nil,
                    budget: BudgetState(budgetMs: 1, checkinMs: 1)
                ),
                nowMs: 1
            )
        }
        let first = try create("a")
        _ = try create("b")
        expectRefused("I7") { try create("c") }
        try rows.agent("boss", role: .orchestrator)
        try tables.agents.close(first.id, outcome: .done, reason: nil, nowMs: 2)
        _ = try create("c")
        try tables.hub.setWIP(0)
        #expect(try tables.agents.wipUsed() == 2)
        try tables.agents.setPhase(
            try #require(try tables.agents.live(named: "b")).id,
            .stalled,
            reason: "silent",
            nowMs: 3
        )
        expectRefused("I7") { try create("d") }
    }

    // MARK: I8

    @Test func `I8: an artifact's bytes come before it, whole, and with it they are sealed`() throws {
        let id = String(repeating: "a", count: 64)
        let seal = { (size: Int) in
            try self.db.run("INSERT INTO artifact VALUES (?, ?, 'identity', ?, 1)", id, size, size)
        }
        let chunk = { (ordinal: Int, bytes: [UInt8]) in
            try self.db.run("INSERT INTO artifact_chunk VALUES (?, ?, ?)", id, ordinal, bytes)
        }
        expectRefused("I8") { try seal(3) }
        expectRefused("FOREIGN KEY") { try db.write { _ = try chunk(0, [1, 2, 3]) } }
        expectRefused("I8") {
            try db.write {
                _ = try chunk(1, [1, 2, 3])  // the first is missing
                _ = try seal(3)
            }
        }
        try db.write {
            _ = try chunk(0, [1, 2])
            _ = try chunk(1, [3])
            _ = try seal(3)
        }
        expectRefused("I8") { try chunk(2, [4]) }
        expectRefused("I8") { try db.run("UPDATE artifact SET size = 4") }
        expectRefused("I8") { try db.run("DELETE FROM artifact") }
        expectRefused("I8") { try db.run("UPDATE artifact_chunk SET bytes = x'09'") }
        expectRefused("I8") { try db.run("DELETE FROM artifact_chunk") }
        expectRefused("CHECK") { try db.run("INSERT INTO artifact VALUES ('ABC', 0, 'identity', 0, 1)") }
        expectRefused("CHECK") {
            try db.run("INSERT INTO artifact_chunk VALUES (?, 0, zeroblob(1048577))", "b" + id.dropLast())
        }
    }

    @Test func `I8: nothing refers to an artifact that is not there`() throws {
        let none = String(repeating: "0", count: 64)
        try rows.turn("t", rows.agent(), status: .completed)
        expectRefused("FOREIGN KEY") { try tables.turns.setReport("t", artifact: none, summary: "s") }
        expectRefused("FOREIGN KEY") {
            try tables.turns.itemCompleted(
                turn: "t",
                item: "i",
                kind: "agent_message",
                status: nil,
                summary: nil,
                artifact: none,
                nowMs: 1
            )
        }
    }

    // MARK: I9

    @Test func `I9: a request is decided once, by somebody, and stays bound to what was asked`() throws {
        let id = try rows.approval(rows.agent())
        expectRefused("CHECK") { try tables.approvals.decide(id, .approved, by: nil, reason: nil, nowMs: 2) }
        #expect(try tables.approvals.decide(id, .denied, by: "ann", reason: nil, nowMs: 2))
        #expect(try !tables.approvals.decide(id, .approved, by: "bob", reason: nil, nowMs: 3))
        expectRefused("I9") { try db.run("UPDATE approval SET status = 'approved', decided_by = 'bob'") }
        expectRefused("I9") { try db.run("UPDATE approval SET payload = '[]'") }
        try tables.approvals.setAnswered(id)
    }
}
