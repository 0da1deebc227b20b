import OrchCore
import SQLite

extension TurnTable {
    /// All messages waiting for an agent, oldest first.
    package func queued(agent: Int64) throws -> [TurnRecord] {
        try db.query("SELECT \(TurnRecord.columns) FROM turn WHERE agent = ? AND status = 'queued' ORDER BY seq", agent)
        {
            try TurnRecord(row: $0)
        }
    }

    /// Says which running turn a message is put into.
    package func setSteers(_ id: String, _ running: String) throws {
        try db.run("UPDATE turn SET steers = ? WHERE id = ?", running, id)
    }

    /// The turn that goes on with an interrupted one.
    package func continuation(of id: String) throws -> TurnRecord? {
        try db.first("SELECT \(TurnRecord.columns) FROM turn WHERE continues = ?", id) { try TurnRecord(row: $0) }
    }

    /// How many of an agent's last turns were cut off or failed one after the other, each without one finished item.
    ///
    /// Those that the account's usage limit ended don't count: waiting for it is no failure.
    package func continuationsInARow(agent: Int64) throws -> Int {
        let turns: [(ended: Bool, hasItems: Bool)] = try db.query(
            """
            SELECT status IN ('interrupted', 'failed'),
                EXISTS (SELECT 1 FROM item WHERE item.turn = turn.id AND item.status IS NOT NULL)
            FROM turn WHERE agent = ? AND started_at_ms IS NOT NULL AND steers IS NULL
                AND error_kind IS NOT 'usage_limit' ORDER BY seq DESC LIMIT 50
            """,
            agent
        ) { (try $0.get(0), try $0.get(1)) }
        return turns.prefix { $0.ended && !$0.hasItems }.count
    }

    /// The turn that an agent started last.
    package func lastStarted(agent: Int64) throws -> TurnRecord? {
        try db.first(
            """
            SELECT \(TurnRecord.columns) FROM turn
            WHERE agent = ? AND started_at_ms IS NOT NULL AND steers IS NULL ORDER BY seq DESC LIMIT 1
            """,
            agent
        ) { try TurnRecord(row: $0) }
    }

    /// The first task of an agent.
    package func firstPrompt(agent: Int64) throws -> String? {
        try db.scalar("SELECT prompt FROM turn WHERE agent = ? AND kind = 'task' ORDER BY seq LIMIT 1", agent)
    }

    /// How many turns of an agent have not ended.
    package func openCount(agent: Int64) throws -> Int {
        try db.scalar(
            "SELECT count(*) FROM turn WHERE agent = ? AND status IN ('queued', 'submitting', 'running')",
            agent
        ) ?? 0
    }

    /// When the earliest delayed message may be sent, after a time.
    package func nextNotBeforeMs(after nowMs: Int64) throws -> Int64? {
        try db.scalar("SELECT min(not_before_ms) FROM turn WHERE status = 'queued' AND not_before_ms > ?", nowMs)
    }
}
