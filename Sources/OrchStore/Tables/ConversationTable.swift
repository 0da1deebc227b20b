import SQLite

/// The Codex threads, at rest.
package struct ConversationTable {
    let db: Connection

    /// The current thread of an agent.
    package func current(agent: Int64) throws -> ConversationRecord? {
        try db.first(
            "SELECT \(ConversationRecord.columns) FROM conversation WHERE agent = ? AND state IN ('starting', 'live')",
            agent
        ) { try ConversationRecord(row: $0) }
    }

    /// Why the newest lost thread of an agent was lost.
    package func lastLost(agent: Int64) throws -> String? {
        try db.scalar(
            "SELECT lost_reason FROM conversation WHERE agent = ? AND state = 'lost' ORDER BY id DESC LIMIT 1",
            agent
        )
    }

    /// The conversation with this id.
    package func find(_ id: Int64) throws -> ConversationRecord? {
        try db.first("SELECT \(ConversationRecord.columns) FROM conversation WHERE id = ?", id) {
            try ConversationRecord(row: $0)
        }
    }

    /// The conversation of a Codex thread.
    package func find(thread: String) throws -> ConversationRecord? {
        try db.first("SELECT \(ConversationRecord.columns) FROM conversation WHERE thread = ?", thread) {
            try ConversationRecord(row: $0)
        }
    }

    /// All threads that agents are using.
    package func live() throws -> [ConversationRecord] {
        try db.query(
            "SELECT \(ConversationRecord.columns) FROM conversation WHERE state = 'live' AND thread IS NOT NULL ORDER BY id"
        ) { try ConversationRecord(row: $0) }
    }

    /// Records that a thread is to be started.
    package func create(agent: Int64, cwd: String, nowMs: Int64) throws -> Int64 {
        try db.run(
            "INSERT INTO conversation (agent, state, cwd, created_at_ms) VALUES (?, 'starting', ?, ?)",
            agent,
            cwd,
            nowMs
        )
        return db.lastInsertRowID
    }

    /// Codex started the thread.
    package func setLive(_ id: Int64, thread: String) throws {
        try db.run("UPDATE conversation SET state = 'live', thread = ? WHERE id = ?", thread, id)
    }

    /// A first turn was accepted: the thread can be resumed from now on (P-05).
    package func setHasRollout(_ id: Int64) throws {
        try db.run("UPDATE conversation SET has_rollout = 1 WHERE id = ? AND has_rollout = 0", id)
    }

    /// The thread is out of use.
    package func setState(_ id: Int64, _ state: ConversationState, reason: String? = nil) throws {
        try db.run(
            "UPDATE conversation SET state = ?, lost_reason = coalesce(?, lost_reason) WHERE id = ?",
            state,
            reason,
            id
        )
    }

    /// The thread's absolute token total, last seen.
    package func setTokensSeen(_ id: Int64, _ total: Int64) throws {
        try db.run("UPDATE conversation SET tokens_seen = ? WHERE id = ?", total, id)
    }
}
