package import OrchStore
import SQLite
import Trackers

/// The local tracker's database: the hub's own, over a connection of its own.
package actor StoredIssues: IssueDatabase {
    private let executor = QueueExecutor("orch.tracker")
    private let folder: OrchFolder
    private let epoch: HubEpoch
    private var connection: Connection?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The issues of a hub; what is written is checked against the daemon's epoch (I1).
    package init(_ folder: OrchFolder, epoch: HubEpoch) {
        self.folder = folder
        self.epoch = epoch
    }

    package func showWantedLabels(issue: Int) throws -> [String]? {
        try write { tables in
            guard try tables.issues.find(issue) != nil else { return nil }
            let wanted = try tables.issues.labels(issue)
            for label in try tables.issues.observedLabels(issue) where !wanted.contains(label) {
                try tables.issues.observe(issue, label: label, false)
            }
            for label in wanted { try tables.issues.observe(issue, label: label, true) }
            return wanted
        }
    }

    package func addComment(issue: Int, author: String, body: String, marker: String) throws -> Int64? {
        try write { tables in
            guard try tables.issues.find(issue) != nil else { return nil }
            let added = try tables.issues.comment(
                issue,
                author: author,
                body: body,
                marker: marker,
                nowMs: SystemTime.nowMs
            )
            return try added ?? tables.db.scalar("SELECT id FROM issue_comment WHERE marker = ?", marker)
        }
    }

    private func write<T>(_ body: (HubTables) throws -> T) throws -> T {
        let db = try open()
        let tables = HubTables(db)
        return try db.write {
            if let epoch = epoch.value, try tables.hub.epoch() != epoch {
                throw HubError(.superseded, "another daemon took over this database")
            }
            return try body(tables)
        }
    }

    private func open() throws -> Connection {
        if let connection { return connection }
        let db = try Store.open(folder, role: .client, nowMs: SystemTime.nowMs)
        connection = db
        return db
    }
}
