import OrchCore
import Testing

@Suite struct RetryRulesTests {
    @Test(
        arguments: [
            (0, 500...1_000), (1, 500...1_000), (2, 1_000...2_000), (7, 30_000...60_000), (40, 30_000...60_000),
            (Int.max, 30_000...60_000),
        ] as [(Int, ClosedRange<Int64>)]
    )
    func `backoff grows, has a cap, and jitter within it`(attempt: Int, range: ClosedRange<Int64>) {
        for unit in [0, 0.5, 0.999] {
            #expect(range.contains(RetryRules.backoffMs(attempt: attempt, baseMs: 1_000, capMs: 60_000, unit: unit)))
        }
    }

    @Test func `no base and no cap overflow`() {
        for attempt in 1...80 {
            for base in [0, 1, 3, 5_000_000_000, Int64.max] {
                let wait = RetryRules.backoffMs(attempt: attempt, baseMs: base, capMs: 1_000, unit: 1)
                #expect((0...1_000).contains(wait))
            }
        }
        #expect(RetryRules.backoffMs(attempt: 3, baseMs: 1, capMs: 0, unit: 0.5) == 0)
    }
}
