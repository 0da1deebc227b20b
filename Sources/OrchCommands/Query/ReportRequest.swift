import OrchStore

/// One question for a report: which rows, and how they are written.
struct ReportRequest: Sendable, Hashable, PlaceNaming {
    var kind: ReportKind
    var since: TimeArgument?
    var until: TimeArgument?
    var agent: String?
    var issue: IssueNumber?
    var status: String?
    var limit: Int?
    var format: ReportFormat = .table
    var path: String?

    /// Asks for all rows of a report, as a table.
    init(kind: ReportKind) {
        self.kind = kind
    }

    /// Writes the answer to standard output.
    func run(_ context: Context) throws {
        let nowMs = context.nowMs()
        let filter = ReportFilter(
            sinceMs: since?.milliseconds(nowMs: nowMs),
            untilMs: until?.milliseconds(nowMs: nowMs),
            agent: agent,
            issue: issue?.value,
            status: status,
            limit: limit
        )
        try context.output.report(kind, filter, format, database(context))
    }
}
