import Glibc
import Hub
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite

/// A database as after a year: many events, the turns and decisions that go with them, and some agents that are stalled.
///
/// Beside it, for other programs, the SQL that `orch query` runs: `stalls.sql`, `decisions.sql`.
struct History {
    let eventCount: Int

    private var agentCount: Int { 400 }
    private var turnCount: Int { eventCount / 50 }
    private var decisionCount: Int { eventCount / 200 }

    func fill(_ folder: OrchFolder) throws {
        let nowMs = Moment.current().wallMs
        let db = try Store.open(folder, role: .daemon, nowMs: nowMs)
        let tables = HubTables(db)
        let rows = RowFactory(tables)
        try db.setSynchronous(.normal)
        try db.write {
            for number in 1...agentCount {
                let agent = try rows.agent("iss-\(number)", phase: number % 20 == 0 ? .ready : .closed)
                if number % 20 == 0 {
                    try tables.agents.setPhase(
                        agent.id,
                        .stalled,
                        reason: "no report after 2 nudges",
                        nowMs: nowMs - 3_600_000
                    )
                }
            }
            for number in 0..<turnCount { try insert(turn: number, db, nowMs) }
            for number in 0..<decisionCount { try insert(decision: number, db, nowMs) }
        }
        try checkpoint(db, folder)
        for chunk in stride(from: 0, to: eventCount, by: 50_000) {
            try db.write {
                for number in chunk..<min(chunk + 50_000, eventCount) { try insert(event: number, tables, nowMs) }
            }
            try checkpoint(db, folder)
        }
        for kind in [ReportKind.stalls, .decisions] {
            try write(
                Reports.sql(kind, ReportFilter(), columns: .headline, db),
                to: "\(folder.repository)/\(kind.rawValue).sql"
            )
        }
    }

    private func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else { throw BenchError("can't write \(path)") }
        defer { fclose(file) }
        guard fputs(text, file) >= 0 else { throw BenchError("can't write \(path)") }
    }

    private func checkpoint(_ db: Connection, _ folder: OrchFolder) throws {
        _ = try Store.checkpoint(db, folder, ifLargerThan: 0)
    }

    private func agent(_ number: Int) -> Int64 { Int64(number % agentCount) + 1 }

    private func insert(turn number: Int, _ db: Connection, _ nowMs: Int64) throws {
        let at = nowMs - Int64(turnCount - number) * 60_000
        try db.run(
            """
            INSERT INTO turn (id, agent, kind, status, prompt, codex_turn, tokens, created_at_ms, submitted_at_ms, started_at_ms,
                ended_at_ms, worked_ms, report_summary)
            VALUES (?, ?, 'send', 'completed', ?, ?, 12345, ?, ?, ?, ?, 60000, 'The parser reads nested blocks now; all tests pass.')
            """,
            "turn-\(number)",
            agent(number),
            "Go on with the next step of your task, and say what you found. (\(number))",
            "codex-\(number)",
            at,
            at,
            at,
            at + 60_000
        )
    }

    private func insert(decision number: Int, _ db: Connection, _ nowMs: Int64) throws {
        let verbs = ["send", "close", "status", "spawn", "fetch"]
        let verb = verbs[number % verbs.count]
        let refused = number % 17 == 0
        let at = nowMs - Int64(decisionCount - number) * 300_000
        try db.run(
            """
            INSERT INTO decision (key, turn, source, verb, payload, status, reason, agent, issue, at_ms, settled_at_ms)
            VALUES (?, ?, 'block', ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            "turn-\(number)/m/0",
            "turn-\(number)",
            verb,
            #"{"task":"Go on with the next step.","to":"iss-\#(agent(number))"}"#,
            refused ? "refused" : "executed",
            refused ? "there is no live agent of that name" : nil as String?,
            agent(number),
            Int(agent(number)),
            at,
            at + 20
        )
    }

    private func insert(event number: Int, _ tables: HubTables, _ nowMs: Int64) throws {
        let kinds = [
            "item.command", "tokens", "item.reasoning", "item.file_change", "turn.running", "item.agent_message",
        ]
        let kind = number % 97 == 0 ? "agent.nudged" : kinds[number % kinds.count]
        try tables.events.append(
            kind,
            agent: agent(number),
            issue: Int(agent(number)),
            turn: "turn-\(number / 50)",
            ["text": .string("swift build --target Hub (exit 0), step \(number)"), "status": "completed"],
            nowMs: nowMs - Int64(eventCount - number) * 1_000
        )
    }
}
