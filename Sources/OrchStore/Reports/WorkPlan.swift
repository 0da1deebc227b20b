package import OrchCore

/// What would start next, and what waits for what: the answer to `orch plan`.
package struct WorkPlan: Sendable, Hashable {
    /// An issue that is handed to the hub.
    package struct Entry: Sendable, Hashable {
        package var number: Int
        package var title: String
        package var phase: IssuePhase
        package var priority: Int
        /// Why it waits, or that it starts.
        package var reason: String
        /// What would change that; empty where nothing has to.
        package var change: String
        /// The open issues that block it.
        package var blockedBy: [Int]
    }

    /// Queued, and held by nothing of their own; in the order in which they start.
    package var ready: [Entry]
    /// Queued, or to be queued by somebody, and held by something of their own; in the order in which they may start.
    package var blocked: [Entry]
    /// Everything else that is in the hub's hands: at work, in review, stalled.
    package var others: [Entry]
    /// Places that are taken.
    package var placesUsed: Int
    /// How many places there are.
    package var placesLimit: Int
    /// Why nothing at all starts now; nil when something may.
    package var hold: String?
    /// Whether a daemon runs that would start them; nil when nobody looked.
    package var isHubRunning: Bool?

    /// The plan as JSON.
    package var json: JSONValue {
        [
            "ready": .array(ready.map(Self.json)), "blocked": .array(blocked.map(Self.json)),
            "others": .array(others.map(Self.json)), "places_used": .number(placesUsed),
            "places_limit": .number(placesLimit), "hold": .text(hold),
            "daemon_running": isHubRunning.map { .bool($0) } ?? .null,
        ]
    }

    private static func json(_ entry: Entry) -> JSONValue {
        [
            "number": .number(entry.number), "title": .string(entry.title), "phase": .string(entry.phase.rawValue),
            "priority": .number(entry.priority), "reason": .string(entry.reason), "change": .string(entry.change),
            "blocked_by": .array(entry.blockedBy.map { .number($0) }),
        ]
    }

    /// Entries as a table: number, priority, title, reason, change.
    package static func table(_ entries: [Entry]) -> ReportTable {
        ReportTable(
            columns: [
                ReportColumn("number"), ReportColumn("priority"), ReportColumn("title"), ReportColumn("reason"),
                ReportColumn("change"),
            ],
            rows: entries.map {
                [
                    .number($0.number), .number($0.priority), .string($0.title), .string($0.reason), .string($0.change),
                ]
            }
        )
    }
}
