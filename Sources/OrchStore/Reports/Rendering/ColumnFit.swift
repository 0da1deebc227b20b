/// How a column gives way where a line is too short for all of them.
struct ColumnFit: Sendable, Hashable {
    /// When a column is left out.
    ///
    /// Those before `late` go before texts become too short to read.
    enum Leaving: Int, Sendable, Hashable, Comparable {
        case first, early, middle, last, late, latest

        static func < (left: Leaving, right: Leaving) -> Bool { left.rawValue < right.rawValue }
    }

    /// Below this it is all but useless, whatever it holds.
    static let tight = 12

    /// The width at which it still says something; nil: it is shown whole.
    var least: Int?
    /// Whether what does not fit goes on below, instead of being cut off.
    var wraps = false
    /// When it is left out; nil: never.
    var leaves: Leaving?

    /// The fit of a column; numbers are shown whole.
    static func of(_ column: ReportColumn, isNumber: Bool) -> ColumnFit {
        var fit = named(column.name)
        if isNumber || column.kind == .time || column.kind == .digest { fit.least = nil }
        return fit
    }

    private static func named(_ name: String) -> ColumnFit {
        switch name {
        case "title": ColumnFit(least: 40)
        case "what", "line": ColumnFit(least: 24)
        case "last_report", "report_summary", "data", "error": ColumnFit(least: 20)
        // What somebody has to act on is never cut off.
        case "detail", "change", "why", "tried", "reason", "summary": ColumnFit(least: 20, wraps: true)
        case "branch": ColumnFit(least: 16, leaves: .first)
        case "labels": ColumnFit(least: 16, leaves: .early)
        case "unmeasured", "turns", "tokens_max", "nudges", "wrap_up", "attempts":
            ColumnFit(least: nil, leaves: .early)
        case "created_at", "budget_ms", "name": ColumnFit(least: 16, leaves: .middle)
        case "worked_ms", "blocked_by": ColumnFit(least: 10, leaves: .last)
        case "issue": ColumnFit(least: nil, leaves: .late)
        case "at", "since_at", "deadline_at", "tokens", "left_ms": ColumnFit(least: nil, leaves: .latest)
        default: ColumnFit(least: 16)
        }
    }
}
