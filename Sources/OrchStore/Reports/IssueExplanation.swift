package import OrchCore

/// Why an issue is, or is not, running: the answer to `orch explain`.
package struct IssueExplanation: Sendable, Hashable {
    /// A gate as the hub last found it.
    package struct Gate: Sendable, Hashable {
        /// Its name; see `GateResult.Gate`.
        package var gate: String
        package var pass: Bool
        /// What was found.
        package var detail: String
        /// What would change it; empty when it passes.
        package var change: String
        /// Since when it passes, or does not.
        package var sinceMs: Int64
    }

    package var number: Int
    package var title: String
    package var isOpen: Bool
    package var phase: IssuePhase
    package var phaseSinceMs: Int64
    /// Why it is stalled, or what it waits for.
    package var reason: String?
    /// The live agent that works on it.
    package var agent: String?
    /// What that agent is doing, as in `report_agents`.
    package var agentState: String?
    /// In the order in which the hub asks them; none if it has not looked yet.
    package var gates: [Gate]

    /// The answer in a sentence.
    package var verdict: String {
        if let agent, phase == .stalled {
            return
                "#\(number) is stalled\(reason.map { " (\($0))" } ?? ""): its agent \(agent) is \(agentState ?? "live"); "
                + "what would change it: orch issue retry \(number)"
        }
        if let agent {
            return "#\(number) is \(phase.rawValue): agent \(agent) works on it and is \(agentState ?? "live")"
        }
        let state = "#\(number) is \(phase.rawValue)\(reason.map { " (\($0))" } ?? "")"
        if gates.isEmpty { return state + ": no hub has looked at it yet; is `orch daemon` running?" }
        let closed = gates.filter { !$0.pass }
        guard let first = closed.first else { return state + ": every gate is open; it starts at the hub's next look" }
        let change = first.change.isEmpty ? "" : "; what would change it: \(first.change)"
        return "\(state): gate `\(first.gate)` holds it, \(first.detail)\(change)"
            + (closed.count > 1 ? " (and \(closed.count - 1) more)" : "")
    }

    /// The gates as a table: gate, pass, since, detail, change.
    package var table: ReportTable {
        ReportTable(
            columns: [
                ReportColumn("gate"), ReportColumn("pass", .flag), ReportColumn("since_at"), ReportColumn("detail"),
                ReportColumn("change"),
            ],
            rows: gates.map {
                [
                    .string($0.gate), .bool($0.pass), .string(MomentText.utc($0.sinceMs)), .string($0.detail),
                    .string($0.change),
                ]
            }
        )
    }

    /// The whole answer for machines.
    package var json: JSONValue {
        .object([
            "number": .integer(Int64(number)), "title": .string(title), "state": .string(isOpen ? "open" : "closed"),
            "phase": .string(phase.rawValue), "phase_since_at": .string(MomentText.utc(phaseSinceMs)),
            "phase_since_at_ms": .integer(phaseSinceMs), "reason": .text(reason), "agent": .text(agent),
            "agent_state": .text(agentState), "verdict": .string(verdict),
            "gates": .array(
                gates.map {
                    [
                        "gate": .string($0.gate), "pass": .bool($0.pass),
                        "since_at": .string(MomentText.utc($0.sinceMs)),
                        "since_at_ms": .integer($0.sinceMs), "detail": .string($0.detail), "change": .string($0.change),
                    ]
                }
            ),
        ])
    }
}
