package import OrchCore
import SQLite

/// The requests of Codex that somebody must answer, at rest.
package struct ApprovalTable {
    let db: Connection

    /// What is needed to record a request.
    package struct New {
        package var appServer: Int64
        package var request: String
        package var requestHash: String
        package var agent: Int64
        package var turn: String?
        package var item: String?
        package var kind: String
        package var summary: String
        package var payload: String
        package var deadlineMs: Int64

        /// A new request.
        package init(
            appServer: Int64,
            request: String,
            requestHash: String,
            agent: Int64,
            turn: String?,
            item: String?,
            kind: String,
            summary: String,
            payload: String,
            deadlineMs: Int64
        ) {
            self.appServer = appServer
            self.request = request
            self.requestHash = requestHash
            self.agent = agent
            self.turn = turn
            self.item = item
            self.kind = kind
            self.summary = summary
            self.payload = payload
            self.deadlineMs = deadlineMs
        }
    }

    /// The request with this id.
    package func find(_ id: Int64) throws -> ApprovalRecord? {
        try db.first("SELECT \(ApprovalRecord.columns) FROM approval WHERE id = ?", id) { try ApprovalRecord(row: $0) }
    }

    /// The very request, if it was asked before (a server asks again after each reconnect).
    package func find(appServer: Int64, request: String, hash: String) throws -> ApprovalRecord? {
        try db.first(
            "SELECT \(ApprovalRecord.columns) FROM approval WHERE app_server = ? AND request = ? AND request_hash = ?",
            appServer,
            request,
            hash
        ) { try ApprovalRecord(row: $0) }
    }

    /// Records a request.
    package func create(_ new: New, nowMs: Int64) throws -> Int64 {
        try db.run(
            """
            INSERT INTO approval (app_server, request, request_hash, agent, turn, item, kind, summary, payload, status,
                at_ms, deadline_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?)
            """,
            new.appServer,
            new.request,
            new.requestHash,
            new.agent,
            new.turn,
            new.item,
            new.kind,
            new.summary,
            new.payload,
            nowMs,
            new.deadlineMs
        )
        return db.lastInsertRowID
    }

    /// All requests that wait for an answer, of an agent or of all.
    package func pending(agent: Int64? = nil) throws -> [ApprovalRecord] {
        try db.query(
            "SELECT \(ApprovalRecord.columns) FROM approval WHERE status = 'pending' AND (?1 IS NULL OR agent = ?1) ORDER BY id",
            agent
        ) { try ApprovalRecord(row: $0) }
    }

    /// When the next limit passes.
    package func nextDeadlineMs() throws -> Int64? {
        try db.scalar("SELECT min(deadline_ms) FROM approval WHERE status = 'pending'")
    }

    /// Decides a request that is pending; false when it was decided before.
    package func decide(_ id: Int64, _ status: ApprovalStatus, by: String?, reason: String?, nowMs: Int64) throws
        -> Bool
    {
        try db.run(
            """
            UPDATE approval SET status = ?, decided_by = ?, reason = ?, decided_at_ms = ?
            WHERE id = ? AND status = 'pending'
            """,
            status,
            by,
            reason,
            nowMs,
            id
        ) > 0
    }

    /// Codex has the answer.
    package func setAnswered(_ id: Int64) throws {
        try db.run("UPDATE approval SET answered = 1 WHERE id = ?", id)
    }

    /// The server that asked is gone: what was pending there can't be answered any more.
    package func lose(appServer: Int64, nowMs: Int64) throws -> [ApprovalRecord] {
        let lost = try pending().filter { $0.appServer == appServer }
        try db.run(
            """
            UPDATE approval SET status = 'lost', reason = 'the app-server that asked ended', decided_at_ms = ?
            WHERE app_server = ? AND status = 'pending'
            """,
            nowMs,
            appServer
        )
        return lost
    }
}
