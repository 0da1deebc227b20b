import SQLite

/// The effects on the world, at rest.
package struct OutboxTable {
    let db: Connection

    /// What is needed to ask for an effect.
    package struct New {
        package var key: String
        package var kind: String
        package var lane: String
        package var agent: Int64?
        package var issue: Int?
        package var turn: String?
        package var payload: String
        package var dueAtMs: Int64

        /// A new effect; `lane` orders it behind others of the same lane.
        package init(
            key: String,
            kind: String,
            lane: String,
            agent: Int64? = nil,
            issue: Int? = nil,
            turn: String? = nil,
            payload: String,
            dueAtMs: Int64
        ) {
            self.key = key
            self.kind = kind
            self.lane = lane
            self.agent = agent
            self.issue = issue
            self.turn = turn
            self.payload = payload
            self.dueAtMs = dueAtMs
        }
    }

    /// Adds an effect unless its key is known; true when added.
    @discardableResult
    package func add(_ new: New, nowMs: Int64) throws -> Bool {
        try db.run(
            """
            INSERT INTO outbox (key, kind, lane, agent, issue, turn, payload, due_at_ms, created_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING
            """,
            new.key,
            new.kind,
            new.lane,
            new.agent,
            new.issue,
            new.turn,
            new.payload,
            new.dueAtMs,
            nowMs
        ) > 0
    }

    /// The effect with this id.
    package func find(_ id: Int64) throws -> OutboxRecord? {
        try db.first("SELECT \(OutboxRecord.columns) FROM outbox WHERE id = ?", id) { try OutboxRecord(row: $0) }
    }

    /// The effect with this key.
    package func find(key: String) throws -> OutboxRecord? {
        try db.first("SELECT \(OutboxRecord.columns) FROM outbox WHERE key = ?", key) { try OutboxRecord(row: $0) }
    }

    /// The effects that may be performed now: the first open one of each lane, if it is due and nobody performs it.
    package func runnable(nowMs: Int64, limit: Int) throws -> [OutboxRecord] {
        try db.query(
            """
            SELECT \(OutboxRecord.columns) FROM outbox
            WHERE status = 'pending' AND due_at_ms <= ? AND NOT EXISTS (
                SELECT 1 FROM outbox AS e
                WHERE e.lane = outbox.lane AND e.id < outbox.id AND e.status IN ('pending', 'performing'))
            ORDER BY id LIMIT ?
            """,
            nowMs,
            limit
        ) { try OutboxRecord(row: $0) }
    }

    /// When the next delayed effect is due.
    package func nextDueMs(after nowMs: Int64) throws -> Int64? {
        try db.scalar("SELECT min(due_at_ms) FROM outbox WHERE status = 'pending' AND due_at_ms > ?", nowMs)
    }

    /// This daemon performs it now.
    package func setPerforming(_ id: Int64, epoch: Int64) throws {
        try db.run(
            "UPDATE outbox SET status = 'performing', epoch = ?, attempts = attempts + 1 WHERE id = ? AND status = 'pending'",
            epoch,
            id
        )
    }

    /// It is to be tried again at a later time.
    package func setPending(_ id: Int64, dueAtMs: Int64, error: String?) throws {
        try db.run("UPDATE outbox SET status = 'pending', due_at_ms = ?, error = ? WHERE id = ?", dueAtMs, error, id)
    }

    /// Nothing more will happen to it.
    package func settle(_ id: Int64, _ status: OutboxStatus, result: String? = nil, error: String? = nil, nowMs: Int64)
        throws
    {
        try db.run(
            "UPDATE outbox SET status = ?, result = ?, error = ?, settled_at_ms = ? WHERE id = ?",
            status,
            result,
            error,
            nowMs,
            id
        )
    }

    /// What a dead daemon was performing must be found out: it is pending again, its attempts tell that it was begun.
    package func reclaim(before epoch: Int64) throws -> Int {
        try db.run("UPDATE outbox SET status = 'pending' WHERE status = 'performing' AND epoch < ?", epoch)
    }

    /// Cancels what is still waiting for an agent, of some kinds.
    package func cancelPending(agent: Int64, kinds: [String], nowMs: Int64) throws {
        for kind in kinds {
            try db.run(
                """
                UPDATE outbox SET status = 'cancelled', settled_at_ms = ?
                WHERE agent = ? AND kind = ? AND status = 'pending' AND attempts = 0
                """,
                nowMs,
                agent,
                kind
            )
        }
    }
}
