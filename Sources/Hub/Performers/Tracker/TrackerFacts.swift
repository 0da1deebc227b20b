import OrchCore
package import OrchStore
import SQLite

/// What the hub's database says that requests to the tracker depend on, over a connection of its own that only reads.
package actor TrackerFacts {
    private let executor = QueueExecutor("orch.tracker-facts")
    private let folder: OrchFolder
    private var connection: Connection?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The facts of a hub.
    package init(_ folder: OrchFolder) {
        self.folder = folder
    }

    /// What an issue is known by.
    package struct Known: Sendable {
        package var remote: RemoteTable.Issue
        package var title: String
        package var body: String
        package var observedLabels: [String]
        package var isOpen: Bool
    }

    /// The labels that are to be added and removed, and the newest event that was acted on.
    package func labels(_ issue: Int) throws -> (add: [String], remove: [String], lastEvent: Int64) {
        let tables = try tables()
        let difference = try tables.issues.labelDifference(issue)
        return (difference.add, difference.remove, try tables.remote.find(issue)?.lastEvent ?? 0)
    }

    /// How far a feed was read.
    package func cursor(_ feed: String) throws -> TrackerTable.Cursor { try tables().tracker.cursor(feed) }

    /// The tracker's row.
    package func tracker() throws -> TrackerTable.Record { try tables().tracker.get() }

    /// What is known of an issue; nil for one that was never seen.
    package func known(_ issue: Int) throws -> Known? {
        let tables = try tables()
        guard let remote = try tables.remote.find(issue), let record = try tables.issues.find(issue) else { return nil }
        return Known(
            remote: remote,
            title: record.title,
            body: record.body,
            observedLabels: try tables.issues.observedLabels(issue),
            isOpen: record.isOpen
        )
    }

    /// When the version of a comment that was seen last was written.
    package func commentUpdatedAt(_ id: Int64) throws -> String? { try tables().remote.commentUpdatedAt(id) }

    /// What somebody may do, if it was asked lately.
    package func permission(_ login: String, askedAfterMs: Int64) throws -> String? {
        try tables().remote.permission(login, askedAfterMs: askedAfterMs)
    }

    /// The pull requests that are open, and the branches whose are ours.
    package func openPulls() throws -> [PullTable.Record] { try tables().pulls.open() }

    /// Whether a branch is one that an agent works on.
    package func isOurs(branch: String) throws -> Bool { try tables().issues.number(ofBranch: branch) != nil }

    /// Issues that others name as blockers and that were never seen.
    package func unknownBlockers() throws -> [Int] {
        try tables().db.query(
            """
            SELECT DISTINCT blocker FROM issue_blocker WHERE blocker NOT IN (SELECT number FROM issue) ORDER BY blocker LIMIT 100
            """
        ) { try $0.get(0) }
    }

    /// The open issues that were seen in the tracker.
    package func openIssues() throws -> [Int] {
        try tables().db.query(
            """
            SELECT r.issue FROM remote_issue AS r JOIN issue AS i ON i.number = r.issue
            WHERE i.state = 'open' AND r.gone IS NULL ORDER BY r.issue
            """
        ) { try $0.get(0) }
    }

    private func tables() throws -> HubTables {
        if let connection { return HubTables(connection) }
        let db = try Store.open(folder, role: .readOnly, nowMs: SystemTime.nowMs)
        connection = db
        return HubTables(db)
    }
}
