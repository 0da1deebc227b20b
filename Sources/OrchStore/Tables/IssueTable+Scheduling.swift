import SQLite

extension IssueTable {
    /// The blockers of an issue that are neither done nor closed, ascending; unknown numbers count as open.
    package func openBlockers(_ number: Int) throws -> [Int] {
        try db.query(
            """
            SELECT DISTINCT b.blocker FROM issue_blocker b LEFT JOIN issue i ON i.number = b.blocker
            WHERE b.issue = ? AND (i.number IS NULL OR (i.state = 'open' AND i.phase <> 'done')) ORDER BY b.blocker
            """,
            number
        ) { try $0.get(0) }
    }

    /// The numbers that an issue names as blockers and no issue has.
    package func unknownBlockers(_ number: Int) throws -> [Int] {
        try db.query(
            """
            SELECT DISTINCT b.blocker FROM issue_blocker b
            WHERE b.issue = ? AND NOT EXISTS (SELECT 1 FROM issue i WHERE i.number = b.blocker) ORDER BY b.blocker
            """,
            number
        ) { try $0.get(0) }
    }

    /// Whether an issue's wait for another attempt is over.
    package func isRetryDue(nowMs: Int64) throws -> Bool {
        try db.scalar("SELECT 1 FROM issue WHERE phase = 'queued' AND retry_at_ms <= ? LIMIT 1", nowMs) as Int? != nil
    }
}
