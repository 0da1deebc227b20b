/// Which rows of a report are wanted; nil wants all.
package struct ReportFilter: Sendable, Hashable {
    /// From this time on, in milliseconds since 1970.
    package var sinceMs: Int64?
    /// Up to and without this time.
    package var untilMs: Int64?
    /// Of agents of this name, live or closed.
    package var agent: String?
    /// Of this issue.
    package var issue: Int?
    /// A status, see `ReportKind.statuses`.
    package var status: String?
    /// At most so many rows: the newest of a log (still oldest first), the first of anything else.
    package var limit: Int?

    /// A filter; without arguments everything passes.
    package init(
        sinceMs: Int64? = nil,
        untilMs: Int64? = nil,
        agent: String? = nil,
        issue: Int? = nil,
        status: String? = nil,
        limit: Int? = nil
    ) {
        self.sinceMs = sinceMs
        self.untilMs = untilMs
        self.agent = agent
        self.issue = issue
        self.status = status
        self.limit = limit
    }

    /// Whether every row passes.
    package var isEmpty: Bool { self == ReportFilter() }
}
