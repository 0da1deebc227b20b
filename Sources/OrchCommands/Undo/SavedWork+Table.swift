import OrchCore
import OrchStore
import Workspaces

extension SavedWork {
    /// Its name without what all such names begin with: `iss-12/1767225600000`.
    var shortName: String { "\(agent)/\(time)" }

    /// Saved work as rows.
    static func table(_ works: [SavedWork]) -> ReportTable {
        ReportTable(
            columns: [
                ReportColumn("saved"), ReportColumn("saved_at"), ReportColumn("agent"), ReportColumn("branch"),
                ReportColumn("commit", .digest), ReportColumn("uncommitted", .flag), ReportColumn("complete", .flag),
            ],
            rows: works.map {
                [
                    .string($0.shortName), .text($0.savedAtMs.map(MomentText.utc)), .string($0.agent),
                    .text($0.branch), .string($0.commit), .bool($0.hasUncommitted), .bool($0.isComplete),
                ]
            }
        )
    }
}
