import OrchCore
import OrchStore
import Settings

extension Hub {
    /// Starts the issues whose turn it is, and stores why the others wait.
    func schedule() throws {
        let common = try commonFacts()
        var facts: [IssueFacts] = []
        for issue in try tables.issues.openIssues() {
            let labels = try tables.issues.labels(issue.number)
            guard issueLabels.isOrchestrated(labels) || issue.phase != .none else { continue }
            let fact = try self.facts(issue, labels: labels, cycles: common.cycles)
            facts.append(fact)
            try store(EligibilityRules.gates(fact, hub: common.hub, nowMs: nowMs), of: issue.number)
        }
        // What was begun goes on; what would only end in refusals is not begun.
        guard try !isRemote || tables.tracker.get().state.letsWorkBegin else { return }
        for number in EligibilityRules.startable(facts, hub: common.hub, nowMs: nowMs) {
            if let agent = try tables.agents.resting(issue: number) {
                try wake(agent)
            } else {
                let issue = try tables.issues.require(number)
                try createAgent(name: AgentName.forIssue(number), issue: issue, brief: nil)
            }
            if let fact = facts.first(where: { $0.number == number }) {
                var started = fact
                started.phase = .running
                started.liveAgent = AgentName.forIssue(number)
                try store(EligibilityRules.gates(started, hub: try hubFacts(), nowMs: nowMs), of: number)
            }
        }
    }

    private func store(_ gates: [GateResult], of issue: Int) throws {
        for gate in try tables.issues.storeGates(issue, gates, nowMs: nowMs) {
            guard let result = gates.first(where: { $0.gate.rawValue == gate }) else { continue }
            // What holds all issues alike is told once by its own event, not once for each issue.
            if [.capacity, .hub, .quota].contains(result.gate) { continue }
            try tables.events.append(
                "gate",
                issue: issue,
                ["gate": .string(gate), "pass": .bool(result.pass), "detail": .string(result.detail)],
                nowMs: nowMs
            )
        }
    }

    /// What the gates of all issues have in common.
    struct CommonFacts {
        var hub: HubFacts
        /// The cycle of blockers that an issue is in, by its number.
        var cycles: [Int: [Int]]
    }

    /// Gathered once for as many issues as are asked about.
    func commonFacts() throws -> CommonFacts {
        CommonFacts(hub: try hubFacts(), cycles: BlockerGraph.cycles(edges: try tables.issues.blockerEdges()))
    }

    /// The gates of one issue, as they stand.
    func gates(_ issue: IssueRecord, _ common: CommonFacts) throws -> [GateResult] {
        let facts = try facts(issue, labels: try tables.issues.labels(issue.number), cycles: common.cycles)
        return EligibilityRules.gates(facts, hub: common.hub, nowMs: nowMs)
    }

    private func hubFacts() throws -> HubFacts {
        let hub = try tables.hub.get()
        return HubFacts(
            isPaused: hub.paused,
            pausedReason: hub.pausedReason,
            quotaUntilMs: hub.quotaUntilMs,
            wipLimit: hub.wip,
            wipUsed: try tables.agents.wipUsed(),
            waiting: try tables.agents.waiting(),
            labels: settings.labels
        )
    }

    private func facts(_ issue: IssueRecord, labels: [String], cycles: [Int: [Int]]) throws -> IssueFacts {
        IssueFacts(
            number: issue.number,
            isOpen: issue.isOpen,
            isOrchestrated: issueLabels.isOrchestrated(labels) && settings.requiredLabels.allSatisfy(labels.contains),
            phase: issue.phase,
            priority: issue.priority,
            createdAtMs: issue.createdAtMs,
            openBlockers: try tables.issues.openBlockers(issue.number),
            blockerCycle: cycles[issue.number],
            liveAgent: try tables.agents.live(issue: issue.number).flatMap { $0.phase == .resting ? nil : $0.name },
            retryAtMs: issue.retryAtMs,
            attempts: issue.attempts,
            unknownBlockers: try tables.issues.unknownBlockers(issue.number)
        )
    }

    var issueLabels: IssueLabels { IssueLabels(settings.labels) }

    func isRetryDue() throws -> Bool {
        try tables.issues.isRetryDue(nowMs: nowMs)
    }
}
