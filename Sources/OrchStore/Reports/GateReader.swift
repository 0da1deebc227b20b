import OrchCore
import SQLite

/// Asks the hub's own rules about issues, as the database has them: for as many as are wanted, with what they have in common read once.
struct GateReader {
    let tables: HubTables
    /// What the labels are called.
    let names: LabelNames
    /// The hub as it stands.
    let hub: HubFacts
    private let requiredLabels: [String]
    /// Whether the issues are at GitHub.
    private let isRemote: Bool
    /// The cycle of blockers that an issue is in, by its number.
    private let cycles: [Int: [Int]]
    private let nowMs: Int64

    /// A reader; `names` count if no daemon ever ran.
    init(_ names: LabelNames, nowMs: Int64, _ db: Connection) throws {
        tables = HubTables(db)
        self.nowMs = nowMs
        let hub = try tables.hub.get()
        self.names = hub.labelNames ?? names
        requiredLabels = hub.requiredLabels
        isRemote = try tables.tracker.get().kind == "github"
        cycles = BlockerGraph.cycles(edges: try tables.issues.blockerEdges())
        self.hub = HubFacts(
            isPaused: hub.paused,
            pausedReason: hub.pausedReason,
            quotaUntilMs: hub.quotaUntilMs,
            wipLimit: hub.wip,
            wipUsed: try tables.agents.wipUsed(),
            waiting: try tables.agents.waiting(),
            labels: self.names
        )
    }

    /// What the rules make of an issue, and of what.
    func gates(of issue: IssueRecord) throws -> (facts: IssueFacts, gates: [GateResult]) {
        let labels = try tables.issues.labels(issue.number)
        let missing = requiredLabels.filter { !labels.contains($0) }
        let live = try tables.agents.live(issue: issue.number)
        let isOrchestrated = IssueLabels(names).isOrchestrated(labels)
        let facts = IssueFacts(
            number: issue.number,
            isOpen: issue.isOpen,
            isOrchestrated: isOrchestrated && missing.isEmpty,
            phase: issue.phase,
            priority: issue.priority,
            createdAtMs: issue.createdAtMs,
            openBlockers: try tables.issues.openBlockers(issue.number),
            blockerCycle: cycles[issue.number],
            liveAgent: live.flatMap { $0.phase == .resting ? nil : $0.name },
            retryAtMs: issue.retryAtMs,
            attempts: issue.attempts,
            unknownBlockers: try tables.issues.unknownBlockers(issue.number)
        )
        let gates = EligibilityRules.gates(facts, hub: hub, nowMs: nowMs).map { gate in
            if isRemote, gate.gate == .open, !gate.pass {
                return GateResult(.open, pass: false, detail: gate.detail, change: "reopen it at GitHub")
            }
            guard gate.gate == .orchestrated, !gate.pass, isOrchestrated else { return gate }
            let list = missing.map { "`\($0)`" }.joined(separator: ", ")
            return GateResult(
                .orchestrated,
                pass: false,
                detail: "the settings require the label \(list), which is missing",
                change: "add the label \(list)"
            )
        }
        return (facts, gates)
    }
}
