import SQLite

/// The pull requests of agents' branches, at rest, and what was said about them.
package struct PullTable {
    let db: Connection

    /// A row of table `pull`.
    package struct Record: Sendable, Hashable {
        package var number: Int
        package var issue: Int
        package var branch: String
        package var url: String
        /// `open`, `closed` or `merged`.
        package var state: String
        package var isDraft: Bool
        package var head: String
        package var base: String
        package var baseSHA: String
        package var mergeCommit: String?
        package var updatedAt: String
        /// How often feedback was given to its agent.
        package var rounds: Int

        static let columns = """
            number, issue, branch, url, state, is_draft, head, base, base_sha, merge_commit, updated_at, rounds
            """

        /// A pull request as it is seen the first time.
        package init(
            number: Int,
            issue: Int,
            branch: String,
            url: String,
            state: String,
            isDraft: Bool,
            head: String,
            base: String,
            baseSHA: String,
            mergeCommit: String?,
            updatedAt: String
        ) {
            self.number = number
            self.issue = issue
            self.branch = branch
            self.url = url
            self.state = state
            self.isDraft = isDraft
            self.head = head
            self.base = base
            self.baseSHA = baseSHA
            self.mergeCommit = mergeCommit
            self.updatedAt = updatedAt
            rounds = 0
        }

        init(row: borrowing Row) throws {
            number = try row.get(0)
            issue = try row.get(1)
            branch = try row.get(2)
            url = try row.get(3)
            state = try row.get(4)
            isDraft = try row.get(5)
            head = try row.get(6)
            base = try row.get(7)
            baseSHA = try row.get(8)
            mergeCommit = try row.get(9)
            updatedAt = try row.get(10)
            rounds = try row.get(11)
        }
    }

    /// Something said about a pull request.
    package struct Feedback: Sendable, Hashable {
        package var key: String
        /// `review`, `comment`, `check` or `conflict`.
        package var kind: String
        package var author: String
        package var text: String
        package var atMs: Int64

        /// Something that was said.
        package init(key: String, kind: String, author: String, text: String, atMs: Int64) {
            self.key = key
            self.kind = kind
            self.author = author
            self.text = text
            self.atMs = atMs
        }
    }

    /// The pull request with this number.
    package func find(_ number: Int) throws -> Record? {
        try db.first("SELECT \(Record.columns) FROM pull WHERE number = ?", number) { try Record(row: $0) }
    }

    /// The newest pull request of an issue.
    package func last(issue: Int) throws -> Record? {
        try db.first("SELECT \(Record.columns) FROM pull WHERE issue = ? ORDER BY number DESC LIMIT 1", issue) {
            try Record(row: $0)
        }
    }

    /// All that are open.
    package func open() throws -> [Record] {
        try db.query("SELECT \(Record.columns) FROM pull WHERE state = 'open' ORDER BY number") { try Record(row: $0) }
    }

    /// Records what was seen of a pull request; its rounds and its conflict stay as they are.
    package func see(_ seen: Record, nowMs: Int64) throws {
        try db.run(
            """
            INSERT INTO pull (number, issue, branch, url, state, is_draft, head, base, base_sha, merge_commit, updated_at, seen_ms)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            ON CONFLICT (number) DO UPDATE SET url = ?4, state = ?5, is_draft = ?6, head = ?7, base = ?8, base_sha = ?9,
                merge_commit = coalesce(?10, merge_commit), updated_at = ?11, seen_ms = ?12
            """,
            seen.number,
            seen.issue,
            seen.branch,
            seen.url,
            seen.state,
            seen.isDraft,
            seen.head,
            seen.base,
            seen.baseSHA,
            seen.mergeCommit,
            seen.updatedAt,
            nowMs
        )
    }

    /// Counts a round of feedback that is given to the agent.
    package func addRound(_ number: Int) throws {
        try db.run("UPDATE pull SET rounds = rounds + 1 WHERE number = ?", number)
    }

    // MARK: Feedback

    /// Records something that was said; true when it is new.
    package func add(_ feedback: Feedback, pull: Int) throws -> Bool {
        try db.run(
            """
            INSERT INTO feedback (key, pull, kind, author, text, at_ms) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            feedback.key,
            pull,
            feedback.kind,
            feedback.author,
            feedback.text,
            feedback.atMs
        ) > 0
    }

    /// What was said and not given to the agent yet, oldest first.
    package func waiting(pull: Int) throws -> [Feedback] {
        try db.query(
            """
            SELECT key, kind, author, text, at_ms FROM feedback WHERE pull = ? AND turn IS NULL AND dropped IS NULL
            ORDER BY at_ms, key
            """,
            pull
        ) { try Feedback(key: $0.get(0), kind: $0.get(1), author: $0.get(2), text: $0.get(3), atMs: $0.get(4)) }
    }

    /// Records that what waited went with a message.
    package func give(pull: Int, turn: String) throws {
        try db.run("UPDATE feedback SET turn = ? WHERE pull = ? AND turn IS NULL AND dropped IS NULL", turn, pull)
    }

    /// Records that what waited is not given.
    package func drop(pull: Int, reason: String) throws {
        try db.run("UPDATE feedback SET dropped = ? WHERE pull = ? AND turn IS NULL AND dropped IS NULL", reason, pull)
    }
}
