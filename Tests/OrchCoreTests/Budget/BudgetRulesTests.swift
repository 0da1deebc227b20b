import OrchCore
import Testing

@Suite struct BudgetRulesTests {
    private let limits = BudgetRules.Limits(nudges: 2, staleMs: 30_000, wrapUpGraceMs: 60_000)

    @Test func `two nudges, then stalled`() {
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

    @Test func `silence is a stall of its own, told once`() {
        var budget = BudgetState(budgetMs: 1_000_000, checkinMs: 100_000)
        #expect(BudgetRules.charge(&budget, elapsedMs: 29_999, isStalled: false, limits: limits) == nil)
        #expect(BudgetRules.charge(&budget, elapsedMs: 1, isStalled: false, limits: limits) == .stallSilent)
        #expect(BudgetRules.charge(&budget, elapsedMs: 500_000, isStalled: true, limits: limits) == nil)
    }

    @Test func `a report starts the check-ins anew`() {
        var budget = BudgetState(budgetMs: 1_000_000, checkinMs: 10_000)
        for _ in 0..<100 {
            _ = BudgetRules.charge(&budget, elapsedMs: 9_000, isStalled: false, limits: limits)
            BudgetRules.showedLife(&budget, isReport: true)
        }
        #expect(budget.nudges == 0)
        #expect(budget.workedMs == 900_000)
    }

    @Test func `a used-up budget asks for a wrap-up once, and closes after the grace of silence`() {
        var budget = BudgetState(budgetMs: 10_000, checkinMs: 100_000)
        #expect(BudgetRules.charge(&budget, elapsedMs: 10_000, isStalled: false, limits: limits) == .wrapUp)
        #expect(BudgetRules.charge(&budget, elapsedMs: 59_000, isStalled: false, limits: limits) == nil)
        #expect(BudgetRules.charge(&budget, elapsedMs: 1_000, isStalled: false, limits: limits) == .close)
    }

    @Test func `who works on after a wrap-up request without ever being silent is closed too`() {
        var budget = BudgetState(budgetMs: 10_000, checkinMs: 100_000)
        #expect(BudgetRules.charge(&budget, elapsedMs: 10_000, isStalled: false, limits: limits) == .wrapUp)
        var closedAfter: Int64?
        for round in 1...1_000 {
            BudgetRules.showedLife(&budget, isReport: false)
            guard BudgetRules.charge(&budget, elapsedMs: 1_000, isStalled: false, limits: limits) == .close else {
                continue
            }
            closedAfter = Int64(round) * 1_000
            break
        }
        #expect(closedAfter == limits.wrapUpLimitMs)
        #expect(limits.wrapUpLimitMs == 600_000)
    }

    @Test func `tokens use a budget up as time does, and a stalled agent is asked to wrap up too`() {
        var budget = BudgetState(budgetMs: 1_000_000, tokens: 90, tokensMax: 100, checkinMs: 100_000)
        #expect(BudgetRules.charge(&budget, elapsedMs: 1, isStalled: true, limits: limits) == nil)
        #expect(BudgetRules.addTokens(&budget, total: 10, lastSeen: 0) == 10)
        #expect(budget.isUsedUp)
        #expect(BudgetRules.nextDueMs(budget, isStalled: true, limits: limits) == 0)
        #expect(BudgetRules.charge(&budget, elapsedMs: 1, isStalled: true, limits: limits) == .wrapUp)
    }

    @Test func `I6: time and tokens never go down`() {
        var budget = BudgetState(budgetMs: 10_000, tokens: 5, checkinMs: 100_000)
        _ = BudgetRules.charge(&budget, elapsedMs: -500, isStalled: false, limits: limits)
        #expect(budget.workedMs == 0)
        #expect(BudgetRules.addTokens(&budget, total: 100, lastSeen: 40) == 60)
        #expect(BudgetRules.addTokens(&budget, total: 40, lastSeen: 100) == 0)
        #expect(budget.tokens == 65)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `I6: whatever happens, consumption only grows, and the next action comes when it was foretold`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var budget = BudgetState(
            budgetMs: Int64.random(in: 1...200_000, using: &random),
            tokensMax: random.chance(0.5) ? Int64.random(in: 1...1_000, using: &random) : nil,
            checkinMs: Int64.random(in: 1...50_000, using: &random)
        )
        var total: Int64 = 0
        var worked: Int64 = 0
        for _ in 0..<60 {
            let before = budget
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let next = total + Int64.random(in: -50...100, using: &random)
                _ = BudgetRules.addTokens(&budget, total: next, lastSeen: total)
                total = max(total, next)
            case 1: BudgetRules.showedLife(&budget, isReport: random.chance(0.3))
            default:
                let isStalled = random.chance(0.2)
                let due = BudgetRules.nextDueMs(budget, isStalled: isStalled, limits: limits)
                let elapsed = random.chance(0.3) ? due : Int64.random(in: -100...20_000, using: &random)
                let action = BudgetRules.charge(&budget, elapsedMs: elapsed, isStalled: isStalled, limits: limits)
                worked += max(0, elapsed)
                #expect((action != nil) == (max(0, elapsed) >= due))
            }
            #expect(budget.workedMs >= before.workedMs)
            #expect(budget.tokens >= before.tokens)
            #expect(budget.nudges <= limits.nudges)
            #expect(budget.leftMs >= 0)
        }
        #expect(budget.workedMs == worked)
        #expect(budget.tokens == total)
    }
}
