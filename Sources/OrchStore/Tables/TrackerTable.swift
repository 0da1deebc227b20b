package import OrchCore
import SQLite

/// Where the issues are, at rest, and how far its feeds were read.
package struct TrackerTable {
    let db: Connection

    /// The row of table `tracker`.
    package struct Record: Sendable, Hashable {
        package var kind: String
        package var hub: String
        package var repository: String?
        package var repositoryID: Int64?
        package var login: String?
        package var defaultBranch: String?
        package var state: TrackerState
        package var reason: String?
        package var sinceMs: Int64?
        package var polledAtMs: Int64?
        package var gate: String?
    }

    /// How far a feed was read.
    package struct Cursor: Sendable, Hashable {
        /// The server's time that the next request begins from.
        package var since: String?
        /// The validator of the last answer.
        package var validator: String?

        /// A cursor.
        package init(since: String? = nil, validator: String? = nil) {
            self.since = since
            self.validator = validator
        }
    }

    /// The tracker as it stands.
    package func get() throws -> Record {
        let found = try db.first(
            """
            SELECT kind, hub, repository, repository_id, login, default_branch, state, reason, since_ms, polled_at_ms, gate
            FROM tracker WHERE id = 1
            """
        ) {
            try Record(
                kind: $0.get(0),
                hub: $0.get(1),
                repository: $0.get(2),
                repositoryID: $0.get(3),
                login: $0.get(4),
                defaultBranch: $0.get(5),
                state: $0.get(6),
                reason: $0.get(7),
                sinceMs: $0.get(8),
                polledAtMs: $0.get(9),
                gate: $0.get(10)
            )
        }
        guard let found else { throw StoreError(.missingRow, "the tracker's row is not in the database") }
        return found
    }

    /// Says what kind of tracker is in use.
    package func setKind(_ kind: String) throws {
        try db.run("UPDATE tracker SET kind = ? WHERE id = 1 AND kind <> ?", kind, kind)
    }

    /// Records which repository it is, and who we are there.
    package func setRepository(_ name: String, id: Int64, login: String?, defaultBranch: String) throws {
        try db.run(
            "UPDATE tracker SET repository = ?, repository_id = ?, login = coalesce(?, login), default_branch = ? WHERE id = 1",
            name,
            id,
            login,
            defaultBranch
        )
    }

    /// Records whether it can be worked with; true when that is a change of state.
    package func setState(_ state: TrackerState, reason: String?, nowMs: Int64) throws -> Bool {
        try db.run("UPDATE tracker SET reason = ? WHERE id = 1 AND reason IS NOT ?", reason, reason)
        return try db.run("UPDATE tracker SET state = ?, since_ms = ? WHERE id = 1 AND state <> ?", state, nowMs, state)
            > 0
    }

    /// Records a complete poll.
    package func setPolled(nowMs: Int64) throws {
        try db.run("UPDATE tracker SET polled_at_ms = ? WHERE id = 1", nowMs)
    }

    /// Keeps what the rate limits allow.
    package func setGate(_ text: String) throws {
        try db.run("UPDATE tracker SET gate = ? WHERE id = 1 AND gate IS NOT ?", text, text)
    }

    /// How far a feed was read.
    package func cursor(_ feed: String) throws -> Cursor {
        try db.first("SELECT since, validator FROM poll_cursor WHERE feed = ?", feed) {
            try Cursor(since: $0.get(0), validator: $0.get(1))
        } ?? Cursor()
    }

    /// Records how far a feed was read, together with what was read there.
    package func setCursor(_ feed: String, _ cursor: Cursor) throws {
        try db.run(
            """
            INSERT INTO poll_cursor (feed, since, validator) VALUES (?1, ?2, ?3)
            ON CONFLICT (feed) DO UPDATE SET since = ?2, validator = ?3
            """,
            feed,
            cursor.since,
            cursor.validator
        )
    }
}
