package import OrchCore
import SQLite

/// The issues at rest, with labels, blockers, comments and gates.
package struct IssueTable {
    let db: Connection

    /// A comment at rest.
    package struct Comment: Sendable, Hashable {
        package var id: Int64
        package var author: String
        package var body: String
        package var atMs: Int64

        /// A comment.
        package init(id: Int64, author: String, body: String, atMs: Int64) {
            self.id = id
            self.author = author
            self.body = body
            self.atMs = atMs
        }
    }

    /// A gate's stored result.
    package struct StoredGate: Sendable, Hashable {
        package var gate: String
        package var pass: Bool
        package var detail: String
    }

    /// Adds an issue; `number` nil takes the next.
    package func create(number: Int?, title: String, body: String, author: String, nowMs: Int64) throws -> Int {
        let next: Int = try number ?? ((db.scalar("SELECT max(number) FROM issue") ?? 0) + 1)
        try db.run(
            """
            INSERT INTO issue (number, title, body, author, phase_since_ms, created_at_ms, updated_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            next,
            title,
            body,
            author,
            nowMs,
            nowMs,
            nowMs
        )
        return next
    }

    /// The issue with this number.
    package func find(_ number: Int) throws -> IssueRecord? {
        try db.first("SELECT \(IssueRecord.columns) FROM issue WHERE number = ?", number) { try IssueRecord(row: $0) }
    }

    /// The issue with this number, which a foreign key promises.
    package func require(_ number: Int) throws -> IssueRecord {
        guard let issue = try find(number) else {
            throw StoreError(.missingRow, "issue #\(number) is not in the database")
        }
        return issue
    }

    /// Open issues that are or may become the hub's business.
    package func openIssues() throws -> [IssueRecord] {
        try db.query("SELECT \(IssueRecord.columns) FROM issue WHERE state = 'open' ORDER BY number") {
            try IssueRecord(row: $0)
        }
    }

    /// Issues waiting for an agent.
    package func inPhase(_ phase: IssuePhase) throws -> [IssueRecord] {
        try db.query("SELECT \(IssueRecord.columns) FROM issue WHERE phase = ? ORDER BY number", phase) {
            try IssueRecord(row: $0)
        }
    }

    /// The issue whose work is on a branch.
    package func number(ofBranch branch: String) throws -> Int? {
        try db.scalar("SELECT number FROM issue WHERE branch = ? ORDER BY number DESC LIMIT 1", branch)
    }

    /// Changes title or body.
    package func edit(_ number: Int, title: String?, body: String?, nowMs: Int64) throws {
        try db.run(
            "UPDATE issue SET title = coalesce(?, title), body = coalesce(?, body), updated_at_ms = ? WHERE number = ?",
            title,
            body,
            nowMs,
            number
        )
    }

    /// Opens or closes an issue.
    package func setOpen(_ number: Int, _ open: Bool, nowMs: Int64) throws {
        try db.run(
            "UPDATE issue SET state = ?, closed_at_ms = ?, updated_at_ms = ? WHERE number = ?",
            open ? "open" : "closed",
            open ? nil : nowMs,
            nowMs,
            number
        )
    }

    /// Moves an issue to another phase.
    package func setPhase(_ number: Int, _ phase: IssuePhase, reason: String?, nowMs: Int64) throws {
        try db.run(
            "UPDATE issue SET phase = ?, reason = ?, phase_since_ms = ?, updated_at_ms = ? WHERE number = ?",
            phase,
            reason,
            nowMs,
            nowMs,
            number
        )
    }

    /// Records where the work on an issue is.
    package func setWorkspace(_ number: Int, branch: String, worktree: String, baseCommit: String?) throws {
        try db.run(
            "UPDATE issue SET branch = ?, worktree = ?, base_commit = coalesce(base_commit, ?) WHERE number = ?",
            branch,
            worktree,
            baseCommit,
            number
        )
    }

    /// Records the branch's last seen commit.
    package func setHead(_ number: Int, _ head: String) throws {
        try db.run("UPDATE issue SET head_commit = ? WHERE number = ?", head, number)
    }

    /// Sets attempts and the time of the next.
    package func setRetry(_ number: Int, attempts: Int, retryAtMs: Int64?) throws {
        try db.run("UPDATE issue SET attempts = ?, retry_at_ms = ? WHERE number = ?", attempts, retryAtMs, number)
    }

    /// Sets the priority, 0 first.
    package func setPriority(_ number: Int, _ priority: Int) throws {
        try db.run("UPDATE issue SET priority = ? WHERE number = ? AND priority <> ?", priority, number, priority)
    }

    /// When the earliest retry is due.
    package func nextRetryMs(after nowMs: Int64) throws -> Int64? {
        try db.scalar("SELECT min(retry_at_ms) FROM issue WHERE phase = 'queued' AND retry_at_ms > ?", nowMs)
    }

    // MARK: Labels

    /// The labels that an issue carries by intent.
    package func labels(_ number: Int) throws -> [String] {
        try db.query("SELECT name FROM issue_label WHERE issue = ? AND wanted = 1 ORDER BY name", number) {
            try $0.get(0)
        }
    }

    /// The labels last observed in the tracker.
    package func observedLabels(_ number: Int) throws -> [String] {
        try db.query("SELECT name FROM issue_label WHERE issue = ? AND observed = 1 ORDER BY name", number) {
            try $0.get(0)
        }
    }

    /// The names of all labels that are wanted or were observed.
    package func knownLabels(_ number: Int) throws -> [String] {
        try db.query("SELECT name FROM issue_label WHERE issue = ? ORDER BY name", number) { try $0.get(0) }
    }

    /// Wants a label, or wants it gone; true when that is a change.
    package func want(_ number: Int, label: String, _ wanted: Bool) throws -> Bool {
        try db.run(
            """
            INSERT INTO issue_label (issue, name, wanted, observed) SELECT ?1, ?2, ?3, 0 WHERE ?3 = 1 OR EXISTS
                (SELECT 1 FROM issue_label WHERE issue = ?1 AND name = ?2)
            ON CONFLICT (issue, name) DO UPDATE SET wanted = excluded.wanted WHERE wanted <> excluded.wanted
            """,
            number,
            label,
            wanted
        ) > 0
    }

    /// The tracker shows these labels now, and that is wanted too unless a flip is under way.
    package func observe(_ number: Int, label: String, _ present: Bool) throws {
        try db.run(
            """
            INSERT INTO issue_label (issue, name, wanted, observed) VALUES (?1, ?2, ?3, ?3)
            ON CONFLICT (issue, name) DO UPDATE SET observed = excluded.observed
            """,
            number,
            label,
            present
        )
        try db.run(
            "DELETE FROM issue_label WHERE issue = ? AND name = ? AND wanted = 0 AND observed = 0",
            number,
            label
        )
    }

    /// What has to change in the tracker: labels to add and to remove.
    package func labelDifference(_ number: Int) throws -> (add: [String], remove: [String]) {
        let rows: [(String, Bool)] = try db.query(
            "SELECT name, wanted FROM issue_label WHERE issue = ? AND wanted <> observed ORDER BY name",
            number
        ) { try ($0.get(0), $0.get(1)) }
        return (rows.filter(\.1).map(\.0), rows.filter { !$0.1 }.map(\.0))
    }

    // MARK: Blockers

    /// Replaces an issue's blockers of one source.
    package func setBlockers(_ number: Int, _ blockers: [Int], source: String) throws {
        try db.run("DELETE FROM issue_blocker WHERE issue = ? AND source = ?", number, source)
        for blocker in Set(blockers) {
            try db.run("INSERT INTO issue_blocker (issue, blocker, source) VALUES (?, ?, ?)", number, blocker, source)
        }
    }

    /// Who blocks whom, of all open issues.
    package func blockerEdges() throws -> [(issue: Int, blocker: Int)] {
        try db.query(
            """
            SELECT DISTINCT b.issue, b.blocker FROM issue_blocker b JOIN issue i ON i.number = b.issue
            WHERE i.state = 'open' ORDER BY b.issue, b.blocker
            """
        ) { try (issue: $0.get(0), blocker: $0.get(1)) }
    }

    // MARK: Comments

    /// Adds a comment; with a marker, at most once.
    @discardableResult
    package func comment(_ number: Int, author: String, body: String, marker: String?, nowMs: Int64) throws -> Int64? {
        let added = try db.run(
            """
            INSERT INTO issue_comment (issue, author, body, marker, at_ms) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (marker) DO NOTHING
            """,
            number,
            author,
            body,
            marker,
            nowMs
        )
        return added > 0 ? db.lastInsertRowID : nil
    }

    /// Keeps a comment of the tracker's under its own number; a changed one takes the place of the old text.
    package func keep(comment id: Int64, of number: Int, author: String, body: String, atMs: Int64) throws {
        try db.run(
            """
            INSERT INTO issue_comment (id, issue, author, body, at_ms) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (id) DO UPDATE SET body = ?4
            """,
            id,
            number,
            author,
            body,
            atMs
        )
    }

    /// An issue's comments, oldest first.
    package func comments(_ number: Int) throws -> [Comment] {
        try db.query("SELECT id, author, body, at_ms FROM issue_comment WHERE issue = ? ORDER BY id", number) {
            try Comment(id: $0.get(0), author: $0.get(1), body: $0.get(2), atMs: $0.get(3))
        }
    }

    // MARK: Gates

    /// Stores gate results where they changed; the names of those that did.
    package func storeGates(_ number: Int, _ results: [GateResult], nowMs: Int64) throws -> [String] {
        let known = try Dictionary(
            uniqueKeysWithValues: db.query("SELECT gate, pass, detail FROM gate WHERE issue = ?", number) {
                let gate: String = try $0.get(0)
                return (gate, try StoredGate(gate: gate, pass: $0.get(1), detail: $0.get(2)))
            }
        )
        var changed: [String] = []
        for result in results {
            let old = known[result.gate.rawValue]
            guard old?.pass != result.pass || old?.detail != result.detail else { continue }
            let flipped = old?.pass != result.pass
            try db.run(
                """
                INSERT INTO gate (issue, gate, pass, detail, change, since_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT (issue, gate) DO UPDATE SET pass = ?3, detail = ?4, change = ?5,
                    since_ms = CASE WHEN pass <> ?3 THEN ?6 ELSE since_ms END
                """,
                number,
                result.gate.rawValue,
                result.pass,
                result.detail,
                result.change,
                nowMs
            )
            if flipped { changed.append(result.gate.rawValue) }
        }
        return changed
    }
}
