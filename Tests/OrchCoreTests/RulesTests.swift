import OrchCore
import Testing

struct RulesTests {
    private let limits = BudgetRules.Limits(nudges: 2, staleMs: 30_000, wrapUpGraceMs: 60_000)

    @Test func `Two nudges, then stalled`() {
        var budget = BudgetState(budgetMs: 1_000_000, checkinMs: 10_000)
        var actions: [BudgetRules.Action] = []
        for _ in 0..<60 {
            BudgetRules.showedLife(&budget, isReport: false)
            if let action = BudgetRules.charge(&budget, elapsedMs: 1_000, isStalled: false, limits: limits) {
                actions.append(action)
            }
        }
        #expect(actions.prefix(3) == [.nudge(number: 1), .nudge(number: 2), .stallUnresponsive])
    }

    @Test func `A report starts the check-ins anew`() {
        var budget = BudgetState(budgetMs: 1_000_000, checkinMs: 10_000)
        for _ in 0..<100 {
            _ = BudgetRules.charge(&budget, elapsedMs: 9_000, isStalled: false, limits: limits)
            BudgetRules.showedLife(&budget, isReport: true)
        }
        #expect(budget.nudges == 0)
        #expect(budget.workedMs == 900_000)
    }

    @Test func `A used-up budget asks for a wrap-up once, and closes after the grace of silence`() {
        var budget = BudgetState(budgetMs: 10_000, checkinMs: 100_000)
        #expect(BudgetRules.charge(&budget, elapsedMs: 10_000, isStalled: false, limits: limits) == .wrapUp)
        #expect(BudgetRules.charge(&budget, elapsedMs: 59_000, isStalled: false, limits: limits) == nil)
        #expect(BudgetRules.charge(&budget, elapsedMs: 1_000, isStalled: false, limits: limits) == .close)
    }

    @Test func `I6: time and tokens never go down`() {
        var budget = BudgetState(budgetMs: 10_000, tokens: 5, checkinMs: 100_000)
        _ = BudgetRules.charge(&budget, elapsedMs: -500, isStalled: false, limits: limits)
        #expect(budget.workedMs == 0)
        #expect(BudgetRules.addTokens(&budget, total: 100, lastSeen: 40) == 60)
        #expect(BudgetRules.addTokens(&budget, total: 40, lastSeen: 100) == 0)
        #expect(budget.tokens == 65)
    }

    private func issue(
        _ number: Int,
        priority: Int = 5,
        created: Int64 = 0,
        blockers: [Int] = [],
        phase: IssuePhase = .queued
    ) -> IssueFacts {
        IssueFacts(
            number: number,
            isOpen: true,
            isOrchestrated: true,
            phase: phase,
            priority: priority,
            createdAtMs: created,
            openBlockers: blockers,
            blockerCycle: nil,
            liveAgent: nil,
            retryAtMs: nil,
            attempts: 0
        )
    }

    @Test func `I7: priority first, then age, never more than there are places`() {
        let hub = HubFacts(isPaused: false, pausedReason: nil, quotaUntilMs: nil, wipLimit: 3, wipUsed: 1)
        let issues = [
            issue(1, created: 9), issue(2, created: 1), issue(3, priority: 0, created: 50), issue(4, blockers: [1]),
        ]
        #expect(EligibilityRules.startable(issues, hub: hub, nowMs: 0) == [3, 2])
    }

    @Test func `An account's usage limit holds every issue until it resets`() {
        let hub = HubFacts(isPaused: false, pausedReason: nil, quotaUntilMs: 100, wipLimit: 3, wipUsed: 0)
        #expect(EligibilityRules.startable([issue(1)], hub: hub, nowMs: 99) == [])
        #expect(EligibilityRules.startable([issue(1)], hub: hub, nowMs: 100) == [1])
    }

    @Test(arguments: [(1, 500...1_000), (2, 1_000...2_000), (40, 30_000...60_000)] as [(Int, ClosedRange<Int64>)])
    func `Backoff grows, has a cap, and jitter within it`(attempt: Int, range: ClosedRange<Int64>) {
        for unit in [0, 0.5, 0.999] {
            #expect(range.contains(RetryRules.backoffMs(attempt: attempt, baseMs: 1_000, capMs: 60_000, unit: unit)))
        }
    }

    @Test func `A suspend is the wall clock running ahead of the monotonic one`() {
        let before = Moment(wallMs: 0, monotonicMs: 0)
        #expect(SuspendRules.suspendedMs(from: before, to: Moment(wallMs: 3_600_000, monotonicMs: 1_000)) == 3_599_000)
        #expect(SuspendRules.suspendedMs(from: before, to: Moment(wallMs: 60_000, monotonicMs: 60_000)) == nil)
    }

    @Test func `I9: policy approves only when a person has switched both on`() {
        #expect(ApprovalRules.approvesByPolicy(dangerous: true, autopilot: true))
        #expect(!ApprovalRules.approvesByPolicy(dangerous: true, autopilot: false))
        #expect(!ApprovalRules.approvesByPolicy(dangerous: false, autopilot: true))
    }
}
