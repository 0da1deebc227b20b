package import OrchCore
package import SQLite

extension Reports {
    /// Why an issue is, or is not, running: what the hub's own rules make of it now, and since when the hub has found it so.
    ///
    /// Any issue can be asked about, also one that the hub was never given, and one that is closed.
    ///
    /// - Parameters:
    ///   - number: the issue.
    ///   - names: what the labels are called if no daemon ever ran.
    ///   - nowMs: the time.
    ///   - db: where it is.
    /// - Returns: each gate, and what they come to.
    /// - Throws: `StoreError.notFound` when there is no such issue.
    package static func explain(
        issue number: Int,
        labels names: LabelNames = LabelNames(),
        nowMs: Int64,
        _ db: Connection
    ) throws -> IssueExplanation {
        try db.read {
            try ReportQuery.check(issue: number, db)
            let tables = HubTables(db)
            let issue = try tables.issues.require(number)
            let gates = try GateReader(names, nowMs: nowMs, db).gates(of: issue).gates
            let agent = try db.first(
                "SELECT name, state, reason FROM report_agents WHERE issue = ? AND closed_at_ms IS NULL",
                number
            ) { IssueExplanation.Agent(name: try $0.get(0), state: try $0.get(1), reason: try $0.get(2)) }
            var explanation = IssueExplanation(
                number: number,
                title: issue.title,
                isOpen: issue.isOpen,
                phase: issue.phase,
                phaseSinceMs: issue.phaseSinceMs,
                reason: issue.reason,
                branch: issue.branch,
                agent: agent,
                gates: try dated(gates, issue, db)
            )
            explanation.isRemote = try tables.tracker.get().kind == "github"
            return explanation
        }
    }

    /// The gates with the times since which the hub, or the issue itself, says the same.
    private static func dated(
        _ gates: [GateResult],
        _ issue: IssueRecord,
        _ db: Connection
    ) throws -> [IssueExplanation.Gate] {
        let rows: [(gate: String, pass: Bool, sinceMs: Int64)] = try db.query(
            "SELECT gate, pass, since_ms FROM gate WHERE issue = ?",
            issue.number
        ) { (gate: try $0.get(0), pass: try $0.get(1), sinceMs: try $0.get(2)) }
        return gates.map { gate in
            let stored = rows.first { $0.gate == gate.gate.rawValue && $0.pass == gate.pass }?.sinceMs
            let own: Int64? =
                switch gate.gate {
                case .open: issue.isOpen ? issue.createdAtMs : issue.closedAtMs
                case .queued: issue.phaseSinceMs
                default: nil
                }
            return IssueExplanation.Gate(
                gate: gate.gate.rawValue,
                pass: gate.pass,
                detail: gate.detail,
                change: gate.change,
                sinceMs: stored ?? own
            )
        }
    }
}
