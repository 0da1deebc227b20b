import OrchCore
import Testing

@Suite struct EligibilityRulesTests {
    private func issue(_ number: Int, _ change: (inout IssueFacts) -> Void = { _ in }) -> IssueFacts {
        var facts = IssueFacts(
            number: number,
            isOpen: true,
            isOrchestrated: true,
            phase: .queued,
            priority: 5,
            createdAtMs: 0,
            openBlockers: [],
            blockerCycle: nil,
            liveAgent: nil,
            retryAtMs: nil,
            attempts: 0
        )
        change(&facts)
        return facts
    }

    private let hub = HubFacts(isPaused: false, pausedReason: nil, quotaUntilMs: nil, wipLimit: 3, wipUsed: 1)

    private func failing(_ issue: IssueFacts, _ hub: HubFacts, nowMs: Int64 = 1_000) -> [GateResult] {
        EligibilityRules.gates(issue, hub: hub, nowMs: nowMs).filter { !$0.pass }
    }

    @Test func `a queued issue with nothing in its way passes all gates, in their order`() {
        let gates = EligibilityRules.gates(issue(1), hub: hub, nowMs: 1_000)
        #expect(gates.map(\.gate) == GateResult.Gate.allCases)
        #expect(gates.allSatisfy { $0.pass && $0.change.isEmpty && !$0.detail.isEmpty })
    }

    @Test func `each gate fails by itself, and says what would change it`() {
        var paused = hub
        paused.isPaused = true
        paused.pausedReason = "lunch"
        var full = hub
        full.wipUsed = 3
        var limited = hub
        limited.quotaUntilMs = 61_000
        let cases: [(GateResult.Gate, IssueFacts, HubFacts, String)] = [
            (.open, issue(1) { $0.isOpen = false }, hub, "closed"),
            (.orchestrated, issue(1) { $0.isOrchestrated = false }, hub, "missing"),
            (.queued, issue(1) { $0.phase = .stalled }, hub, "stalled"),
            (.blockers, issue(1) { $0.openBlockers = [2, 3] }, hub, "#2, #3"),
            (.blockers, issue(1) { $0.blockerCycle = [1, 2, 1] }, hub, "#1 → #2 → #1"),
            (.free, issue(1) { $0.liveAgent = "iss-1" }, hub, "iss-1"),
            (.retry, issue(1) { ($0.retryAtMs, $0.attempts) = (5_000, 2) }, hub, "1970-01-01T00:00:05Z"),
            (.hub, issue(1), paused, "lunch"),
            (.quota, issue(1), limited, "1970-01-01T00:01:01Z"), (.capacity, issue(1), full, "3 of 3"),
        ]
        for (gate, issue, hub, words) in cases {
            let failed = failing(issue, hub)
            #expect(failed.map(\.gate) == [gate])
            #expect(failed.first?.detail.contains(words) == true)
            #expect(failed.first?.change.isEmpty == false)
            #expect(EligibilityRules.startable([issue], hub: hub, nowMs: 1_000).isEmpty)
        }
    }

    @Test func `a blocker that no issue has is told as such, beside those that there are`() {
        let gate = failing(issue(1) { ($0.openBlockers, $0.unknownBlockers) = ([2, 99], [99]) }, hub).first
        #expect(gate?.detail == "blocked by #2, #99; there is no #99")
        #expect(gate?.change == "#2 done or closed, and no longer name #99 as a blocker")
    }

    @Test func `the words of a gate do not change by the passing of time`() {
        let waiting = issue(1) { $0.retryAtMs = 50_000 }
        var limited = hub
        limited.quotaUntilMs = 60_000
        #expect(failing(waiting, limited, nowMs: 1) == failing(waiting, limited, nowMs: 49_999))
    }

    @Test func `a retry and a usage limit end at their time`() {
        let waiting = issue(1) { $0.retryAtMs = 5_000 }
        #expect(EligibilityRules.startable([waiting], hub: hub, nowMs: 4_999).isEmpty)
        #expect(EligibilityRules.startable([waiting], hub: hub, nowMs: 5_000) == [1])
        var limited = hub
        limited.quotaUntilMs = 100
        #expect(EligibilityRules.startable([issue(1)], hub: limited, nowMs: 99).isEmpty)
        #expect(EligibilityRules.startable([issue(1)], hub: limited, nowMs: 100) == [1])
    }

    @Test func `labels go by the names that were chosen`() {
        var renamed = hub
        renamed.labels = LabelNames(orchestrate: "robot", queued: "todo")
        #expect(failing(issue(1) { $0.isOrchestrated = false }, renamed).first?.change.contains("`robot`") == true)
        #expect(failing(issue(1) { $0.phase = .none }, renamed).first?.change.contains("`todo`") == true)
    }

    @Test func `I7: priority first, then age, then number, never more than there are places`() {
        let issues = [
            issue(1) { $0.createdAtMs = 9 }, issue(2) { $0.createdAtMs = 1 },
            issue(3) { ($0.priority, $0.createdAtMs) = (0, 50) }, issue(4) { $0.openBlockers = [1] },
            issue(6), issue(5),
        ]
        var wide = hub
        #expect(EligibilityRules.startable(issues, hub: hub, nowMs: 0) == [3, 5])
        wide.wipLimit = 100
        #expect(EligibilityRules.startable(issues, hub: wide, nowMs: 0) == [3, 5, 6, 2, 1])
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `I7: whatever the queue is, the places are never exceeded and nothing blocked is started`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let hub = HubFacts(
            isPaused: random.chance(0.1),
            pausedReason: nil,
            quotaUntilMs: random.chance(0.1) ? Int64.random(in: 0...200, using: &random) : nil,
            wipLimit: Int.random(in: 0...5, using: &random),
            wipUsed: Int.random(in: 0...7, using: &random)
        )
        let issues = (1...Int.random(in: 1...20, using: &random)).map { number in
            issue(number) {
                $0.isOpen = random.chance(0.9)
                $0.isOrchestrated = random.chance(0.9)
                $0.phase = random.chance(0.7) ? .queued : random.pick(IssuePhase.allCases)
                $0.priority = Int.random(in: 0...9, using: &random)
                $0.createdAtMs = Int64.random(in: 0...3, using: &random)
                $0.openBlockers = random.chance(0.2) ? [99] : []
                $0.blockerCycle = random.chance(0.1) ? [number, number] : nil
                $0.liveAgent = random.chance(0.1) ? "x" : nil
                $0.retryAtMs = random.chance(0.2) ? Int64.random(in: 0...200, using: &random) : nil
            }
        }
        let started = EligibilityRules.startable(issues, hub: hub, nowMs: 100)
        #expect(started.count <= max(0, hub.wipLimit - hub.wipUsed))
        #expect(Set(started).count == started.count)
        for number in started {
            let issue = issues[number - 1]
            #expect(
                issue.phase == .queued && issue.openBlockers.isEmpty && issue.liveAgent == nil && issue.isOpen
                    && !hub.isPaused
            )
            #expect(failing(issue, hub, nowMs: 100).isEmpty)
        }
        let passing = issues.filter { failing($0, hub, nowMs: 100).isEmpty }
        #expect(started.count == min(passing.count, max(0, hub.wipLimit - hub.wipUsed)))
        let worst = started.map { issues[$0 - 1].priority }.max() ?? -1
        #expect(passing.filter { !started.contains($0.number) }.allSatisfy { $0.priority >= worst })
    }
}
