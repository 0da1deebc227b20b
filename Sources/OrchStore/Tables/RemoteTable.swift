import SQLite

/// What is known of the tracker's issues and comments besides their text, at rest.
package struct RemoteTable {
    let db: Connection

    /// A row of table `remote_issue`.
    package struct Issue: Sendable, Hashable {
        package var issue: Int
        package var remoteID: Int64
        package var url: String
        package var updatedAt: String
        package var lastEvent: Int64
        package var isLocked: Bool
        package var acceptedBody: String?
        package var heldBy: String?
        package var claim: Int64?
        package var statusComment: Int64?
        package var statusHash: String?
        package var statusAtMs: Int64?
        package var gone: String?

        static let columns = """
            issue, remote_id, url, updated_at, last_event, locked, accepted_body, held_by, claim, status_comment, status_hash,
            status_at_ms, gone
            """

        init(row: borrowing Row) throws {
            issue = try row.get(0)
            remoteID = try row.get(1)
            url = try row.get(2)
            updatedAt = try row.get(3)
            lastEvent = try row.get(4)
            isLocked = try row.get(5)
            acceptedBody = try row.get(6)
            heldBy = try row.get(7)
            claim = try row.get(8)
            statusComment = try row.get(9)
            statusHash = try row.get(10)
            statusAtMs = try row.get(11)
            gone = try row.get(12)
        }
    }

    /// What is known of an issue.
    package func find(_ issue: Int) throws -> Issue? {
        try db.first("SELECT \(Issue.columns) FROM remote_issue WHERE issue = ?", issue) { try Issue(row: $0) }
    }

    /// Records the version that was seen.
    package func see(_ issue: Int, remoteID: Int64, url: String, updatedAt: String, isLocked: Bool) throws {
        try db.run(
            """
            INSERT INTO remote_issue (issue, remote_id, url, updated_at, locked) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (issue) DO UPDATE SET remote_id = ?2, url = ?3, updated_at = ?4, locked = ?5, gone = NULL
            """,
            issue,
            remoteID,
            url,
            updatedAt,
            isLocked
        )
    }

    /// Records the newest event of its labels that was acted on.
    package func setLastEvent(_ issue: Int, _ id: Int64) throws {
        try db.run("UPDATE remote_issue SET last_event = ?1 WHERE issue = ?2 AND last_event < ?1", id, issue)
    }

    /// Records which version of its text may be worked on; nil for none.
    package func accept(_ issue: Int, body hash: String?) throws {
        try db.run("UPDATE remote_issue SET accepted_body = ? WHERE issue = ?", hash, issue)
    }

    /// Records who holds the issue: another hub, or we by the claim with this id.
    package func setHolder(_ issue: Int, heldBy: String?, claim: Int64?) throws {
        try db.run("UPDATE remote_issue SET held_by = ?, claim = ? WHERE issue = ?", heldBy, claim, issue)
    }

    /// Records what the status comment shows.
    package func setStatus(_ issue: Int, comment: Int64, hash: String, nowMs: Int64) throws {
        try db.run(
            "UPDATE remote_issue SET status_comment = ?, status_hash = ?, status_at_ms = ? WHERE issue = ?",
            comment,
            hash,
            nowMs,
            issue
        )
    }

    /// Records that the issue is no longer in the repository.
    package func setGone(_ issue: Int, _ how: String) throws {
        try db.run("UPDATE remote_issue SET gone = ? WHERE issue = ?", how, issue)
    }

    /// Keeps a version of an issue's text; true when it is new.
    package func addVersion(_ issue: Int, hash: String, title: String, artifact: String, nowMs: Int64) throws -> Bool {
        try db.run(
            "INSERT INTO issue_version (issue, hash, title, artifact, seen_ms) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            issue,
            hash,
            title,
            artifact,
            nowMs
        ) > 0
    }

    // MARK: Comments

    /// When the version of a comment that was seen last was written; nil for a comment that was never seen.
    package func commentUpdatedAt(_ id: Int64) throws -> String? {
        try db.scalar("SELECT updated_at FROM remote_comment WHERE id = ?", id)
    }

    /// Records a comment's version.
    package func see(
        comment id: Int64,
        issue: Int,
        author: String,
        isOurs: Bool,
        isTrusted: Bool,
        updatedAt: String,
        nowMs: Int64
    ) throws {
        try db.run(
            """
            INSERT INTO remote_comment (id, issue, author, is_ours, is_trusted, updated_at, seen_ms)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (id) DO UPDATE SET is_trusted = ?5, updated_at = ?6
            """,
            id,
            issue,
            author,
            isOurs,
            isTrusted,
            updatedAt,
            nowMs
        )
    }

    // MARK: Permissions

    /// What somebody may do, if it was asked after a time.
    package func permission(_ login: String, askedAfterMs: Int64) throws -> String? {
        try db.scalar("SELECT permission FROM collaborator WHERE login = ? AND asked_ms > ?", login, askedAfterMs)
    }

    /// Records what somebody may do.
    package func setPermission(_ login: String, _ permission: String, nowMs: Int64) throws {
        try db.run(
            """
            INSERT INTO collaborator (login, permission, asked_ms) VALUES (?1, ?2, ?3)
            ON CONFLICT (login) DO UPDATE SET permission = ?2, asked_ms = ?3
            """,
            login,
            permission,
            nowMs
        )
    }
}
