import OrchCore

extension WorkPlan {
    /// A plan of all open issues that are in the hub's hands.
    init(of issues: [PlannedIssue], hub: HubFacts, hold: String?) {
        let free = max(0, hub.wipLimit - hub.wipUsed)
        let waits = [IssuePhase.none, .queued]
        let ready = issues.filter(\.holds.isEmpty).sorted { $0.facts.rank < $1.facts.rank }
        let depths = Self.depths(issues.map(\.facts))
        let blocked = issues.filter { !$0.holds.isEmpty && waits.contains($0.record.phase) }.sorted {
            let (left, right) = (depths[$0.facts.number] ?? .max, depths[$1.facts.number] ?? .max)
            return left == right ? $0.facts.rank < $1.facts.rank : left < right
        }
        self.init(
            ready: ready.enumerated().map { index, issue in
                issue.entry(index < free ? "is next" : "waits for a place: \(hub.wipUsed) of \(hub.wipLimit) are taken")
            },
            blocked: blocked.map { issue in
                let told = issue.record.phase == .none ? issue.record.reason : nil
                return issue.entry(
                    told ?? issue.holds.map(\.detail).joined(separator: "; "),
                    change: issue.holds.map(\.change).filter { !$0.isEmpty }.joined(separator: ", and ")
                )
            },
            others: issues.filter { !$0.holds.isEmpty && !waits.contains($0.record.phase) }.map { issue in
                issue.entry(issue.record.reason ?? "")
            },
            placesUsed: hub.wipUsed,
            placesLimit: hub.wipLimit,
            hold: hold
        )
    }

    /// How many rounds of work must end before each issue is free of its blockers; an issue that never is has none.
    private static func depths(_ issues: [IssueFacts]) -> [Int: Int] {
        let known = Set(issues.map(\.number))
        var dependents: [Int: [Int]] = [:]
        var open: [Int: Int] = [:]
        for issue in issues where issue.unknownBlockers.isEmpty {
            // A blocker that is not in the hub's hands ends whenever somebody closes it.
            let blockers = issue.openBlockers.filter(known.contains)
            open[issue.number] = blockers.count
            for blocker in blockers { dependents[blocker, default: []].append(issue.number) }
        }
        var depths: [Int: Int] = [:]
        var queue = open.filter { $0.value == 0 }.map(\.key)
        for number in queue { depths[number] = 0 }
        var next = 0
        while next < queue.count {
            let number = queue[next]
            next += 1
            for dependent in dependents[number] ?? [] {
                depths[dependent] = max(depths[dependent] ?? 0, (depths[number] ?? 0) + 1)
                guard let left = open[dependent] else { continue }
                open[dependent] = left - 1
                if left == 1 { queue.append(dependent) }
            }
        }
        return depths.filter { open[$0.key] == 0 }
    }
}
