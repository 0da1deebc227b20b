package import OrchCore

/// Why an issue is, or is not, running: the answer to `orch explain`.
package struct IssueExplanation: Sendable, Hashable {
    /// A gate as it stands.
    package struct Gate: Sendable, Hashable {
        /// Its name; see `GateResult.Gate`.
        package var gate: String
        package var pass: Bool
        /// What was found.
        package var detail: String
        /// What would change it; empty when it passes.
        package var change: String
        /// Since when it passes, or does not; nil when no hub has looked since it changed.
        package var sinceMs: Int64?
    }

    /// The live agent that works on it.
    package struct Agent: Sendable, Hashable {
        package var name: String
        /// What it is doing, as in `report_agents`.
        package var state: String
        /// Why it is stalled, parked or resting.
        package var reason: String?
    }

    package var number: Int
    package var title: String
    package var isOpen: Bool
    package var phase: IssuePhase
    package var phaseSinceMs: Int64
    /// Why it is stalled, or what it waits for.
    package var reason: String?
    package var branch: String?
    package var agent: Agent?
    /// In the order in which the hub asks them.
    package var gates: [Gate]
    /// Whether a daemon runs that would start it; nil when nobody looked.
    package var isHubRunning: Bool?
    /// Whether it is an issue of GitHub, which is labelled and reopened there.
    package var isRemote = false

    /// The gates as a table: gate, pass, since, detail, change.
    package var table: ReportTable {
        ReportTable(
            columns: [
                ReportColumn("gate"), ReportColumn("pass", .flag), ReportColumn("since_at"), ReportColumn("detail"),
                ReportColumn("change"),
            ],
            rows: gates.map {
                [
                    .string($0.gate), .bool($0.pass), .text($0.sinceMs.map(MomentText.utc)), .string($0.detail),
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
            "phase_since_at_ms": .integer(phaseSinceMs), "reason": .text(reason), "agent": .text(agent?.name),
            "agent_state": .text(agent?.state), "daemon_running": isHubRunning.map { .bool($0) } ?? .null,
            "verdict": .string(verdict),
            "gates": .array(
                gates.map {
                    [
                        "gate": .string($0.gate), "pass": .bool($0.pass),
                        "since_at": .text($0.sinceMs.map(MomentText.utc)), "since_at_ms": .number($0.sinceMs),
                        "detail": .string($0.detail), "change": .string($0.change),
                    ]
                }
            ),
        ])
    }
}
