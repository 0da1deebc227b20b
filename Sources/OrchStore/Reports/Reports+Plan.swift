package import OrchCore
package import SQLite

extension Reports {
    /// What would start next, and what waits for what, by the hub's own rules, in the order in which the hub would take it.
    ///
    /// What is blocked comes in the order in which it may become free: behind what blocks it, and last what no time will free.
    ///
    /// - Parameters:
    ///   - names: what the labels are called if no daemon ever ran.
    ///   - nowMs: the time.
    ///   - db: where it is.
    /// - Returns: the plan.
    /// - Throws: what the database throws.
    package static func plan(labels names: LabelNames = LabelNames(), nowMs: Int64, _ db: Connection) throws -> WorkPlan
    {
        try db.read {
            let reader = try GateReader(names, nowMs: nowMs, db)
            var seen: [PlannedIssue] = []
            for issue in try reader.tables.issues.openIssues() where issue.phase != .done {
                let (facts, gates) = try reader.gates(of: issue)
                guard facts.isOrchestrated || issue.phase != .none else { continue }
                seen.append(PlannedIssue(record: issue, facts: facts, gates: gates))
            }
            return WorkPlan(of: seen, hub: reader.hub, hold: try hold(reader, nowMs: nowMs))
        }
    }

    /// Why nothing at all starts now.
    private static func hold(_ reader: GateReader, nowMs: Int64) throws -> String? {
        if reader.hub.isPaused {
            return "the hub is paused\(reader.hub.pausedReason.map { ": \($0)" } ?? "") (orch resume)"
        }
        if let until = reader.hub.quotaUntilMs, until > nowMs {
            return "the account's usage limit is reached until \(MomentText.utc(until))"
        }
        let tracker = try reader.tables.tracker.get()
        guard tracker.kind == "github", !tracker.state.letsWorkBegin else { return nil }
        return "GitHub can't be worked with (\(tracker.state.rawValue))\(tracker.reason.map { ": \($0)" } ?? "")"
    }
}

/// An open issue with what the rules say of it.
struct PlannedIssue {
    var record: IssueRecord
    var facts: IssueFacts
    var gates: [GateResult]

    /// The issue's own gates that hold it: those of the hub hold all alike.
    var holds: [GateResult] { gates.filter { !$0.pass && ![.hub, .quota, .capacity].contains($0.gate) } }

    /// The issue in a plan.
    func entry(_ reason: String, change: String = "") -> WorkPlan.Entry {
        WorkPlan.Entry(
            number: record.number,
            title: record.title,
            phase: record.phase,
            priority: facts.priority,
            reason: reason,
            change: change,
            blockedBy: facts.openBlockers
        )
    }
}
