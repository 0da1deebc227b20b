import OrchStore
import SQLite

/// All that the database knows of one issue.
struct StoredIssue {
    var record: IssueRecord
    var labels: [String]
    /// Who blocks it, and whether that one still does.
    var blockers: [(number: Int, isOpen: Bool)]
    var comments: [IssueTable.Comment]
    /// The agent that works on it, or the last one that did.
    var agent: AgentRecord?
    /// What is known of it as an issue of GitHub.
    var remote: RemoteTable.Issue?
    /// Its newest pull request.
    var pull: PullTable.Record?

    /// Reads an issue in one snapshot; refused when there is no such.
    static func require(_ number: Int, in db: Connection) throws -> StoredIssue {
        guard let issue = try find(number, in: db) else { throw missing(number) }
        return issue
    }

    /// The refusal of a number that no issue has.
    static func missing(_ number: Int) -> CommandError {
        CommandError(
            .notFound,
            "there is no issue #\(number)",
            hint: "`orch issue list --all` shows those that there are"
        )
    }

    /// Reads an issue in one snapshot; nil when there is no such.
    static func find(_ number: Int, in db: Connection) throws -> StoredIssue? {
        try db.read {
            let tables = HubTables(db)
            guard let record = try tables.issues.find(number) else { return nil }
            let blockers: [(Int, Bool)] = try db.query(
                """
                SELECT DISTINCT b.blocker, coalesce(i.state = 'open' AND i.phase <> 'done', 1)
                FROM issue_blocker b LEFT JOIN issue i ON i.number = b.blocker WHERE b.issue = ? ORDER BY b.blocker
                """,
                number
            ) { (try $0.get(0), try $0.get(1)) }
            return StoredIssue(
                record: record,
                labels: try tables.issues.labels(number),
                blockers: blockers.map { (number: $0.0, isOpen: $0.1) },
                comments: try tables.issues.comments(number),
                agent: try tables.agents.live(issue: number) ?? tables.agents.last(issue: number),
                remote: try tables.remote.find(number),
                pull: try tables.pulls.last(issue: number)
            )
        }
    }
}
