import OrchCore
import OrchStore
import SQLite

/// The demo's issues and agents at one moment.
struct DemoSnapshot: Sendable, Hashable {
    /// An issue and who works on it.
    struct Issue: Sendable, Hashable {
        var number: Int
        var title: String
        var phase: String
        var agent: String?
        var state: String?
        var doing: String?
        var workedMs: Int64?
        var tokens: Int64?

        /// Whether nothing more will happen to it by itself.
        var isSettled: Bool { isFinished || phase == "stalled" }
        /// Whether it ended as it should.
        var isFinished: Bool { phase == "done" || phase == "review" }
    }

    var issues: [Issue]

    /// Reads them.
    static func read(_ db: Connection) throws -> DemoSnapshot {
        DemoSnapshot(
            issues: try db.query(
                """
                SELECT i.number, i.title, i.phase, a.name, a.state, a.last_event, a.worked_ms, a.tokens
                FROM report_issues i LEFT JOIN report_agents a ON a.id = i.agent_id ORDER BY i.number
                """
            ) { row in
                Issue(
                    number: try row.get(0),
                    title: try row.get(1),
                    phase: try row.get(2),
                    agent: try row.get(3),
                    state: try row.get(4),
                    doing: try row.get(5),
                    workedMs: try row.get(6),
                    tokens: try row.get(7)
                )
            }
        )
    }

    /// Whether nothing more will happen.
    var isSettled: Bool { !issues.isEmpty && issues.allSatisfy(\.isSettled) }
    /// Whether all went as it should.
    var isFinished: Bool { !issues.isEmpty && issues.allSatisfy(\.isFinished) }

    /// As rows.
    var table: ReportTable {
        ReportTable(
            columns: [
                ReportColumn("issue"), ReportColumn("phase"), ReportColumn("title"), ReportColumn("agent"),
                ReportColumn("state"),
                ReportColumn("worked_ms"), ReportColumn("tokens"), ReportColumn("doing"),
            ],
            rows: issues.map { issue in
                [
                    .string("#\(issue.number)"), .string(issue.phase), .string(issue.title), .text(issue.agent),
                    .text(issue.state),
                    .number(issue.workedMs), .number(issue.tokens), .text(issue.state == "closed" ? nil : issue.doing),
                ]
            }
        )
    }
}
