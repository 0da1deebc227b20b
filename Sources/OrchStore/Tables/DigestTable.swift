package import OrchCore
import SQLite

/// What the orchestrator has and has not been told.
package struct DigestTable {
    let db: Connection

    /// Records a fact for the next digest, if there is an orchestrator to tell.
    package func add(_ kind: String, agent: Int64?, issue: Int?, data: String, nowMs: Int64) throws {
        try db.run(
            """
            INSERT INTO digest_entry (kind, agent, issue, data, at_ms) SELECT ?, ?, ?, ?, ?
            WHERE (SELECT orchestrator FROM hub) = 1
            """,
            kind,
            agent,
            issue,
            data,
            nowMs
        )
    }

    /// Records a fact for the next digest.
    package func add(_ kind: String, agent: Int64?, issue: Int?, data: JSONValue, nowMs: Int64) throws {
        try add(kind, agent: agent, issue: issue, data: data.canonicalText, nowMs: nowMs)
    }

    /// Whether a fact of this kind about an agent was recorded since a time.
    package func isTold(_ kind: String, agent: Int64, sinceMs: Int64) throws -> Bool {
        try db.scalar(
            "SELECT 1 FROM digest_entry WHERE agent = ? AND kind = ? AND at_ms >= ? LIMIT 1",
            agent,
            kind,
            sinceMs
        ) as Int? != nil
    }

    /// The facts not told yet, oldest first.
    package func pending(limit: Int) throws -> [DigestEntryRecord] {
        try db.query(
            "SELECT \(DigestEntryRecord.columns) FROM digest_entry WHERE digest IS NULL ORDER BY id LIMIT ?",
            limit
        ) { try DigestEntryRecord(row: $0) }
    }

    /// When the oldest untold fact was recorded.
    package func firstPendingMs() throws -> Int64? {
        try db.scalar("SELECT at_ms FROM digest_entry WHERE digest IS NULL ORDER BY id LIMIT 1")
    }

    /// These facts are told in this turn.
    package func setDigest(through id: Int64, turn: String) throws {
        try db.run("UPDATE digest_entry SET digest = ? WHERE digest IS NULL AND id <= ?", turn, id)
    }

    /// The facts of a digest that did not arrive are to be told again.
    package func release(turn: String) throws {
        try db.run("UPDATE digest_entry SET digest = NULL WHERE digest = ?", turn)
    }

    /// How many digests were sent.
    package func count() throws -> Int {
        try db.scalar("SELECT count(*) FROM turn WHERE kind = 'digest'") ?? 0
    }
}
