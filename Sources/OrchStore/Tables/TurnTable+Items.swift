import SQLite

extension TurnTable {
    /// Something began in a turn; known once, however often it is told.
    package func itemStarted(turn: String, item: String, kind: String, summary: String?, nowMs: Int64) throws {
        try db.run(
            "INSERT INTO item (turn, item, kind, summary, at_ms) VALUES (?, ?, ?, ?, ?) ON CONFLICT (turn, item) DO NOTHING",
            turn,
            item,
            kind,
            summary,
            nowMs
        )
    }

    /// Something in a turn is finished; false when that was known.
    package func itemCompleted(
        turn: String,
        item: String,
        kind: String,
        status: String?,
        summary: String?,
        artifact: String?,
        nowMs: Int64
    ) throws -> Bool {
        try db.run(
            """
            INSERT INTO item (turn, item, kind, status, summary, artifact, at_ms) VALUES (?, ?, ?, coalesce(?, 'completed'), ?, ?, ?)
            ON CONFLICT (turn, item) DO UPDATE SET kind = excluded.kind, status = excluded.status, summary = excluded.summary,
                artifact = excluded.artifact, at_ms = excluded.at_ms
            WHERE item.status IS NULL
            """,
            turn,
            item,
            kind,
            status,
            summary,
            artifact,
            nowMs
        ) > 0
    }

    /// The last message of a turn: its report.
    package func lastMessage(turn: String) throws -> ItemRecord? {
        try db.first(
            """
            SELECT \(ItemRecord.columns) FROM item
            WHERE turn = ? AND kind = 'agent_message' AND status IS NOT NULL ORDER BY seq DESC LIMIT 1
            """,
            turn
        ) { try ItemRecord(row: $0) }
    }
}
