package import OrchCore
package import SQLite

/// Reads the log as it grows: for `orch follow`.
///
/// The daemon is the one writer of the log and commits in order, so that no event appears below one that was read.
package struct EventFollower {
    private let db: Connection
    private let agents: [Int64]?
    private let issue: Int?
    private let kind: StatusCondition?

    /// The last event that was read, or passed over because nobody asked for it.
    package private(set) var lastSeq: Int64
    /// The columns of the rows, those of `report_events`.
    package let columns: [ReportColumn]

    /// Follows the log from the event after `seq`; nil begins with the next one that happens.
    ///
    /// - Parameters:
    ///   - db: where the log is.
    ///   - seq: the last event that is known already.
    ///   - filter: agent, issue and status (a kind, or a kind's noun) choose; the rest is ignored.
    /// - Throws: `StoreError.notFound` for an agent or issue that never was.
    package init(_ db: Connection, after seq: Int64?, _ filter: ReportFilter = ReportFilter()) throws {
        self.db = db
        agents = try filter.agent.map { try ReportQuery.agents(named: $0, db) }
        if let number = filter.issue { try ReportQuery.check(issue: number, db) }
        issue = filter.issue
        kind = try filter.status.map { try ReportKind.events.condition(status: $0) }
        lastSeq = try seq ?? db.scalar("SELECT max(seq) FROM event") ?? 0
        columns = try db.columnNames("SELECT * FROM report_events").map { ReportColumn($0) }
    }

    /// The events since the last call, oldest first, at most `limit`; empty when there are none yet.
    package mutating func next(limit: Int = 1_000) throws -> [[JSONValue]] {
        let (rows, through) = try db.read {
            let newest: Int64 = try db.scalar("SELECT max(seq) FROM event") ?? 0
            guard newest > lastSeq else { return ([[JSONValue]](), lastSeq) }
            let rows = try read(through: newest, limit: limit)
            // A full page may have left some; else all were looked at, wanted or not.
            let last = rows.last?.first?.intValue ?? newest
            return (rows, rows.count < limit ? newest : last)
        }
        lastSeq = through
        return rows
    }

    private func read(through newest: Int64, limit: Int) throws -> [[JSONValue]] {
        var condition = "seq > ? AND seq <= ?"
        var values: [(any Bindable)?] = [lastSeq, newest]
        if let agents { condition += " AND agent_id IN (\(agents.map(String.init).joined(separator: ", ")))" }
        if let issue {
            condition += " AND issue = ?"
            values.append(issue)
        }
        if let kind {
            condition += " AND \(kind.sql)"
            for value in kind.values { values.append(value) }
        }
        values.append(limit)
        var rows: [[JSONValue]] = []
        try db.each("SELECT * FROM report_events WHERE \(condition) ORDER BY seq LIMIT ?", values: values) {
            rows.append(try ReportValue.all($0, columns))
            return true
        }
        return rows
    }
}
