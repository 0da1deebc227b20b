/// The one place that decides whether an issue may be started: first start, retry and resume ask here.
package enum EligibilityRules {
    /// Every gate's result for an issue, in the order of `GateResult.Gate`.
    ///
    /// The words name points in time, not time left: they are stored when they change, and must not change by themselves.
    package static func gates(_ issue: IssueFacts, hub: HubFacts, nowMs: Int64) -> [GateResult] {
        [
            GateResult(
                .open,
                pass: issue.isOpen,
                detail: issue.isOpen ? "the issue is open" : "the issue is closed",
                change: "orch issue reopen \(issue.number)"
            ),
            GateResult(
                .orchestrated,
                pass: issue.isOrchestrated,
                detail: issue.isOrchestrated ? "it is labelled for orch" : "the label that hands it to orch is missing",
                change: "add the label `\(hub.labels.orchestrate)`"
            ),
            queued(issue, hub),
            blockers(issue),
            GateResult(
                .free,
                pass: issue.liveAgent == nil,
                detail: issue.liveAgent.map { "agent \($0) works on it" } ?? "no agent works on it",
                change: "the agent ends, or close it"
            ),
            retry(issue, nowMs: nowMs),
            GateResult(
                .hub,
                pass: !hub.isPaused,
                detail: hub.isPaused
                    ? "the hub is paused\(hub.pausedReason.map { ": \($0)" } ?? "")" : "the hub is not paused",
                change: "orch resume"
            ),
            quota(hub, nowMs: nowMs),
            capacity(hub),
        ]
    }

    private static func capacity(_ hub: HubFacts) -> GateResult {
        let names = hub.waiting.prefix(5).joined(separator: ", ") + (hub.waiting.count > 5 ? ", …" : "")
        let waits = hub.waiting.count == 1 ? "waits" : "wait"
        return GateResult(
            .capacity,
            pass: hub.wipUsed < hub.wipLimit,
            detail: "\(hub.wipUsed) of \(hub.wipLimit) places taken"
                + (hub.waiting.isEmpty ? "" : "; \(names) \(waits) for a person"),
            change: hub.waiting.isEmpty
                ? "an agent ends, or raise the limit with `orch wip`"
                : "`orch issue retry` or `orch agent close` for \(names), or raise the limit with `orch wip`"
        )
    }

    /// The issues to start now, best first: priority, then oldest, then number; never more than there are places (I7).
    package static func startable(_ issues: [IssueFacts], hub: HubFacts, nowMs: Int64) -> [Int] {
        let places = max(0, hub.wipLimit - hub.wipUsed)
        return
            issues
            .filter { issue in gates(issue, hub: hub, nowMs: nowMs).allSatisfy(\.pass) }
            .sorted { $0.rank < $1.rank }
            .prefix(places)
            .map(\.number)
    }

    private static func queued(_ issue: IssueFacts, _ hub: HubFacts) -> GateResult {
        let change =
            switch issue.phase {
            case .none: "add the label `\(hub.labels.queued)`"
            case .queued, .running: "its agent ends"
            case .review, .done, .stalled: "orch issue retry \(issue.number)"
            }
        let detail = issue.phase == .none ? "it is not queued" : "it is \(issue.phase.rawValue)"
        return GateResult(.queued, pass: issue.phase == .queued, detail: detail, change: change)
    }

    private static func blockers(_ issue: IssueFacts) -> GateResult {
        if let cycle = issue.blockerCycle {
            let path = cycle.map { "#\($0)" }.joined(separator: " → ")
            return GateResult(
                .blockers,
                pass: false,
                detail: "its blockers form a cycle: \(path)",
                change: "remove one of these blockers: waiting will not help"
            )
        }
        func names(_ numbers: [Int]) -> String { numbers.map { "#\($0)" }.joined(separator: ", ") }
        let unknown = issue.unknownBlockers
        let known = issue.openBlockers.filter { !unknown.contains($0) }
        let changes = [
            known.isEmpty ? nil : "\(names(known)) done or closed",
            unknown.isEmpty ? nil : "no longer name \(names(unknown)) as a blocker",
        ]
        return GateResult(
            .blockers,
            pass: issue.openBlockers.isEmpty,
            detail: issue.openBlockers.isEmpty
                ? "nothing blocks it"
                : "blocked by \(names(issue.openBlockers))"
                    + (unknown.isEmpty ? "" : "; there is no \(names(unknown))"),
            change: changes.compactMap { $0 }.joined(separator: ", and ")
        )
    }

    private static func retry(_ issue: IssueFacts, nowMs: Int64) -> GateResult {
        guard let retryAtMs = issue.retryAtMs, retryAtMs > nowMs else {
            return GateResult(.retry, pass: true, detail: "no retry is being waited for")
        }
        return GateResult(
            .retry,
            pass: false,
            detail: "attempt \(issue.attempts) failed; the next is due at \(Timestamp.utc(retryAtMs))",
            change: "time, or `orch issue retry \(issue.number)`"
        )
    }

    private static func quota(_ hub: HubFacts, nowMs: Int64) -> GateResult {
        guard let until = hub.quotaUntilMs, until > nowMs else {
            return GateResult(.quota, pass: true, detail: "the account's usage limit is not reached")
        }
        return GateResult(
            .quota,
            pass: false,
            detail: "the account's usage limit is reached until \(Timestamp.utc(until))",
            change: "the limit resets"
        )
    }
}
