package import OrchCore
import SQLite

/// The messages to agents, at rest.
package struct TurnTable {
    let db: Connection

    /// Records a message that is to be sent.
    @discardableResult
    package func create(
        id: String,
        agent: Int64,
        kind: TurnKind,
        prompt: String,
        steers: String? = nil,
        continues: String? = nil,
        notBeforeMs: Int64? = nil,
        nowMs: Int64
    ) throws -> TurnRecord {
        try db.run(
            """
            INSERT INTO turn (id, agent, kind, status, steers, continues, prompt, not_before_ms, created_at_ms)
            VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?)
            """,
            id,
            agent,
            kind,
            steers,
            continues,
            prompt,
            notBeforeMs,
            nowMs
        )
        return try require(id)
    }

    /// The turn with this id.
    package func find(_ id: String) throws -> TurnRecord? {
        try db.first("SELECT \(TurnRecord.columns) FROM turn WHERE id = ?", id) { try TurnRecord(row: $0) }
    }

    /// The turn with this id, which a foreign key promises.
    package func require(_ id: String) throws -> TurnRecord {
        guard let turn = try find(id) else { throw StoreError(.missingRow, "turn \(id) is not in the database") }
        return turn
    }

    /// The turn that an agent is having, if any: submitted or running, and no steer.
    package func active(agent: Int64) throws -> TurnRecord? {
        try db.first(
            """
            SELECT \(TurnRecord.columns) FROM turn
            WHERE agent = ? AND status IN ('submitting', 'running') AND steers IS NULL
            """,
            agent
        ) { try TurnRecord(row: $0) }
    }

    /// All turns that are submitted or running, steers too.
    package func allActive() throws -> [TurnRecord] {
        try db.query(
            "SELECT \(TurnRecord.columns) FROM turn WHERE status IN ('submitting', 'running') ORDER BY seq"
        ) { try TurnRecord(row: $0) }
    }

    /// The next message waiting for an agent: what goes on with a turn that was cut off comes first.
    package func nextQueued(agent: Int64) throws -> TurnRecord? {
        try db.first(
            "SELECT \(TurnRecord.columns) FROM turn WHERE agent = ? AND status = 'queued' ORDER BY kind <> 'continue', seq LIMIT 1",
            agent
        ) { try TurnRecord(row: $0) }
    }

    /// The turn with Codex's id in a conversation.
    package func find(codexTurn: String, conversation: Int64) throws -> TurnRecord? {
        try db.first(
            """
            SELECT \(TurnRecord.columns) FROM turn
            WHERE codex_turn = ? AND conversation = ? AND steers IS NULL ORDER BY seq DESC LIMIT 1
            """,
            codexTurn,
            conversation
        ) { try TurnRecord(row: $0) }
    }

    /// The agents that have a message waiting, for the dispatcher.
    package func agentsWithQueued() throws -> [Int64] {
        try db.query("SELECT DISTINCT agent FROM turn WHERE status = 'queued' ORDER BY agent") { try $0.get(0) }
    }

    /// When the earliest delayed message may be sent.
    package func nextNotBeforeMs() throws -> Int64? {
        try db.scalar("SELECT min(not_before_ms) FROM turn WHERE status = 'queued' AND not_before_ms IS NOT NULL")
    }

    /// How many messages started a turn of this agent and were answered.
    package func completedCount(agent: Int64) throws -> Int {
        try db.scalar("SELECT count(*) FROM turn WHERE agent = ? AND status = 'completed'", agent) ?? 0
    }

    /// The last report of an agent.
    package func lastReport(agent: Int64) throws -> TurnRecord? {
        try db.first(
            "SELECT \(TurnRecord.columns) FROM turn WHERE agent = ? AND report IS NOT NULL ORDER BY seq DESC LIMIT 1",
            agent
        ) { try TurnRecord(row: $0) }
    }

    /// The turn is on its way to Codex.
    package func setSubmitting(_ id: String, conversation: Int64, nowMs: Int64) throws {
        try db.run(
            "UPDATE turn SET status = 'submitting', conversation = ?, submitted_at_ms = ? WHERE id = ?",
            conversation,
            nowMs,
            id
        )
    }

    /// Codex accepted the turn.
    package func setRunning(_ id: String, codexTurn: String?, nowMs: Int64) throws {
        try db.run(
            """
            UPDATE turn SET status = 'running', codex_turn = coalesce(?, codex_turn), started_at_ms = coalesce(started_at_ms, ?)
            WHERE id = ?
            """,
            codexTurn,
            nowMs,
            id
        )
    }

    /// The turn is waiting again, to be one of its own: it was proven not to have arrived.
    package func setQueued(_ id: String, notBeforeMs: Int64?) throws {
        try db.run(
            "UPDATE turn SET status = 'queued', steers = NULL, submitted_at_ms = NULL, not_before_ms = ? WHERE id = ?",
            notBeforeMs,
            id
        )
    }

    /// Nothing more will happen to the turn.
    package func settle(
        _ id: String,
        _ status: TurnStatus,
        errorKind: String? = nil,
        error: String? = nil,
        nowMs: Int64
    ) throws {
        try db.run(
            "UPDATE turn SET status = ?, error_kind = ?, error = ?, ended_at_ms = ? WHERE id = ?",
            status,
            errorKind,
            error,
            nowMs,
            id
        )
    }

    /// Records the turn's last message.
    package func setReport(_ id: String, artifact: String, summary: String) throws {
        try db.run("UPDATE turn SET report = ?, report_summary = ? WHERE id = ?", artifact, summary, id)
    }

    /// Adds what the turn consumed.
    package func addTokens(_ id: String, _ tokens: Int64) throws {
        try db.run("UPDATE turn SET tokens = coalesce(tokens, 0) + ? WHERE id = ?", tokens, id)
    }

    /// Adds time worked in the turn.
    package func addWorked(_ id: String, _ ms: Int64) throws {
        try db.run("UPDATE turn SET worked_ms = worked_ms + ? WHERE id = ?", ms, id)
    }

    /// Drops the messages of some kinds that an agent has not been sent.
    package func cancelQueued(agent: Int64, kinds: [TurnKind] = TurnKind.allCases, reason: String, nowMs: Int64) throws
    {
        for kind in kinds {
            try db.run(
                """
                UPDATE turn SET status = 'cancelled', error = ?, ended_at_ms = ?
                WHERE agent = ? AND status = 'queued' AND kind = ?
                """,
                reason,
                nowMs,
                agent,
                kind
            )
        }
    }
}
