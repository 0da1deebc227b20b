package import OrchCore
import SQLite

/// The decisions of the orchestrator, at rest.
package struct DecisionTable {
    let db: Connection

    /// The decision with this key.
    package func find(key: String) throws -> DecisionRecord? {
        try db.first("SELECT \(DecisionRecord.columns) FROM decision WHERE key = ?", key) {
            try DecisionRecord(row: $0)
        }
    }

    /// Records a decision once; nil when its key is known.
    package func propose(
        key: String,
        turn: String?,
        source: String,
        verb: String,
        payload: String,
        nowMs: Int64
    ) throws -> Int64? {
        let added = try db.run(
            """
            INSERT INTO decision (key, turn, source, verb, payload, status, at_ms) VALUES (?, ?, ?, ?, ?, 'proposed', ?)
            ON CONFLICT (key) DO NOTHING
            """,
            key,
            turn,
            source,
            verb,
            payload,
            nowMs
        )
        return added > 0 ? db.lastInsertRowID : nil
    }

    /// Records what became of a decision.
    package func settle(
        _ id: Int64,
        _ status: DecisionStatus,
        reason: String?,
        result: String?,
        agent: Int64?,
        issue: Int?,
        nowMs: Int64
    ) throws {
        try db.run(
            """
            UPDATE decision SET status = ?, reason = ?, result = ?, agent = coalesce(?, agent), issue = coalesce(?, issue),
                settled_at_ms = ? WHERE id = ?
            """,
            status,
            reason,
            result,
            agent,
            issue,
            nowMs,
            id
        )
    }
}
