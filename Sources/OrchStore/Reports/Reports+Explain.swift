import OrchCore
package import SQLite

extension Reports {
    /// Why an issue is, or is not, running, from the gates that the hub stored when they changed.
    ///
    /// - Throws: `StoreError.notFound` when there is no such issue.
    package static func explain(issue number: Int, _ db: Connection) throws -> IssueExplanation {
        try db.read {
            try ReportQuery.check(issue: number, db)
            let issue = try HubTables(db).issues.require(number)
            let agent: (String, String)? = try db.first(
                "SELECT name, state FROM report_agents WHERE issue = ? AND closed_at_ms IS NULL",
                number
            ) { (try $0.get(0), try $0.get(1)) }
            let stored = try db.query(
                "SELECT gate, pass, detail, change, since_ms FROM gate WHERE issue = ? ORDER BY gate",
                number
            ) {
                try IssueExplanation.Gate(
                    gate: $0.get(0),
                    pass: $0.get(1),
                    detail: $0.get(2),
                    change: $0.get(3),
                    sinceMs: $0.get(4)
                )
            }
            return IssueExplanation(
                number: number,
                title: issue.title,
                isOpen: issue.isOpen,
                phase: issue.phase,
                phaseSinceMs: issue.phaseSinceMs,
                reason: issue.reason,
                agent: agent?.0,
                agentState: agent?.1,
                gates: inOrder(stored)
            )
        }
    }

    /// In the order in which the hub asks; gates of another version come last.
    private static func inOrder(_ gates: [IssueExplanation.Gate]) -> [IssueExplanation.Gate] {
        let known = GateResult.Gate.allCases.map(\.rawValue)
        return known.compactMap { name in gates.first { $0.gate == name } } + gates.filter { !known.contains($0.gate) }
    }
}
