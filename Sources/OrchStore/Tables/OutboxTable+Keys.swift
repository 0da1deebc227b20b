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

    /// How many effects of a kind are wanted for an issue and not settled.
    package func openCount(kind: String, issue: Int) throws -> Int {
        try db.scalar(
            "SELECT count(*) FROM outbox WHERE lane = ? AND kind = ? AND status IN ('pending', 'performing')",
            "issue:\(issue)",
            kind
        ) ?? 0
    }

    /// Cancels the effects of a kind that an issue has waiting: a newer one says all that they would.
    package func cancelPending(kind: String, issue: Int, nowMs: Int64) throws {
        try db.run(
            "UPDATE outbox SET status = 'cancelled', settled_at_ms = ? WHERE lane = ? AND kind = ? AND status = 'pending'",
            nowMs,
            "issue:\(issue)",
            kind
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
