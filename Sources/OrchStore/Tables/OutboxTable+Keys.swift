import SQLite

extension OutboxTable {
    /// Gives the key of a settled effect away, so that the same effect can be asked for anew.
    package func renew(key: String) throws {
        try db.run(
            """
            UPDATE outbox SET key = key || '#' || id WHERE key = ? AND status IN ('done', 'failed', 'cancelled')
            """,
            key
        )
    }

    /// Cancels an effect that is not settled.
    package func cancel(key: String, nowMs: Int64) throws {
        try db.run(
            "UPDATE outbox SET status = 'cancelled', settled_at_ms = ? WHERE key = ? AND status IN ('pending', 'performing')",
            nowMs,
            key
        )
    }

    /// Cancels all effects of some kinds that are not settled.
    package func cancelOpen(kinds: [String], nowMs: Int64) throws {
        for kind in kinds {
            try db.run(
                "UPDATE outbox SET status = 'cancelled', settled_at_ms = ? WHERE kind = ? AND status IN ('pending', 'performing')",
                nowMs,
                kind
            )
        }
    }
}
