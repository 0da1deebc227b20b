import OrchCore
import Testing

@testable import GitHub

struct GateRulesTests {
    private let rules = GateRules()
    private let now: Int64 = 10_000_000

    private func wait(_ kind: RequestKind, _ state: GateState, at: Int64? = nil) -> Int64 {
        rules.wait(for: kind, state, now: at ?? now)?.ms ?? 0
    }

    @Test func `writes begin a second apart, reads don't wait for them`() {
        var state = GateState()
        #expect(wait(.content, state) == 0)
        rules.began(.write, &state, now: now)
        #expect(wait(.write, state) == 1_000)
        #expect(wait(.content, state, at: now + 400) == 600)
        #expect(wait(.read, state) == 0)
        #expect(wait(.write, state, at: now + 1_000) == 0)
    }

    @Test func `never more than 900 points in any minute`() {
        var state = GateState()
        for second in 0..<30 {
            for _ in 0..<30 { rules.began(.read, &state, now: now + Int64(second) * 1_000) }
        }
        let end = now + 29_000
        #expect(rules.wait(for: .read, state, now: end)?.cause == .points)
        let wait = wait(.read, state, at: end)
        #expect(self.wait(.read, state, at: end + wait) == 0)
        #expect(state.points.sum(now: end + wait) <= 899)
        #expect(self.wait(.write, state, at: end) >= wait)
    }

    @Test func `fewer than 80 contents a minute and 300 an hour, labels are not content`() {
        var limits = GateLimits()
        limits.writeSpacingMs = 0
        let rules = GateRules(limits)
        var state = GateState()
        var at = now
        var sent: [Int64] = []
        while sent.count < 700 {
            if let wait = rules.wait(for: .content, state, now: at) {
                at += wait.ms
                continue
            }
            rules.began(.content, &state, now: at)
            sent.append(at)
        }
        for (index, first) in sent.enumerated() {
            #expect(sent[index...].prefix { $0 < first + 60_000 }.count < 80)
            #expect(sent[index...].prefix { $0 < first + 3_600_000 }.count < 300)
        }
        #expect(rules.wait(for: .write, state, now: at) == nil)
    }

    @Test func `retry-after silences everything, exactly`() {
        var state = GateState()
        rules.answered(RateFacts(status: 403, retryAfterMs: 30_000), &state, now: now, jitter: 0)
        for kind in RequestKind.allCases {
            #expect(wait(kind, state) == 30_000)
            #expect(wait(kind, state, at: now + 30_000) == 0)
        }
        #expect(rules.wait(for: .read, state, now: now)?.cause == .secondaryLimit)
    }

    @Test func `a used up primary limit waits for its reset, and no longer than its window`() {
        var state = GateState()
        rules.answered(
            RateFacts(status: 200, limit: 5_000, remaining: 0, resetInMs: 90_000),
            &state,
            now: now,
            jitter: 0
        )
        #expect(wait(.read, state) == 91_000)
        #expect(rules.wait(for: .read, state, now: now)?.cause == .primaryLimit)
        state = GateState()
        let wrong: [Int64] = [86_400_000, -86_400_000]
        for reset in wrong {
            state = GateState()
            rules.answered(RateFacts(status: 429, remaining: 0, resetInMs: reset), &state, now: now, jitter: 1)
            #expect((1...3_612_000).contains(wait(.read, state)), "a clock that is wrong by a day")
        }
    }

    @Test func `a secondary limit without a time waits a minute, then twice as long each time, up to an hour`() {
        var state = GateState()
        var at = now
        var waits: [Int64] = []
        for _ in 0..<8 {
            rules.answered(RateFacts(status: 403, saysSecondary: true), &state, now: at, jitter: 0)
            let wait = wait(.write, state, at: at)
            waits.append(wait)
            at += wait
        }
        #expect(waits == [60, 120, 240, 480, 960, 1_920, 3_600, 3_600].map { $0 * 1_000 })
        rules.answered(RateFacts(status: 200), &state, now: at, jitter: 0)
        rules.answered(RateFacts(status: 429), &state, now: at, jitter: 0)
        #expect(wait(.write, state, at: at) == 60_000, "a yes begins the count anew")
    }

    @Test func `a 403 about permissions silences nothing`() {
        var state = GateState()
        rules.answered(RateFacts(status: 403, limit: 5_000, remaining: 4_000), &state, now: now, jitter: 0)
        #expect(wait(.read, state) == 0)
    }

    @Test func `trouble waits grow to two minutes, jittered, and end with the first answer`() {
        var state = GateState()
        var waits: [Int64] = []
        var at = now
        for _ in 0..<10 {
            rules.failed(&state, now: at, jitter: 1)
            let wait = wait(.read, state, at: at)
            waits.append(wait)
            at += wait
        }
        #expect(waits == [1, 2, 4, 8, 16, 32, 64, 120, 120, 120].map { $0 * 1_000 })
        #expect(rules.wait(for: .read, state, now: at - 1)?.cause == .trouble)
        rules.answered(RateFacts(status: 200), &state, now: at, jitter: 0)
        rules.failed(&state, now: at, jitter: 0)
        #expect(wait(.read, state, at: at) == 500)
    }

    @Test func `a 503 with a time is left in peace that long`() {
        var state = GateState()
        rules.answered(RateFacts(status: 503, retryAfterMs: 20_000), &state, now: now, jitter: 0)
        #expect(wait(.read, state) == 20_000)
    }

    @Test func `no wait that a server asks for is endless`() {
        var state = GateState()
        rules.answered(RateFacts(status: 429, retryAfterMs: 999_999_999_999_000), &state, now: now, jitter: 1)
        #expect(wait(.read, state) <= 86_410_000)
    }

    @Test func `limits survive a restart, also when the clock went back`() {
        var state = GateState()
        rules.answered(RateFacts(status: 403, saysSecondary: true), &state, now: now, jitter: 0)
        for _ in 0..<299 { rules.began(.content, &state, now: now) }
        let saved = state.saved(now: now, wallMs: 1_000_000_000)
        let after = GateState(saved: saved, now: 77_000, wallMs: 1_000_010_000)
        #expect(wait(.read, after, at: 77_000) == 50_000)
        #expect(after.strikes == 1)
        #expect(rules.wait(for: .content, after, now: 77_000)?.cause == .content)
        let back = GateState(saved: saved, now: 77_000, wallMs: 500_000_000)
        #expect(wait(.read, back, at: 77_000) == 60_000)
        let late = GateState(saved: saved, now: 77_000, wallMs: 1_004_000_000)
        #expect(wait(.content, late, at: 77_000) == 0)
        #expect(GateState(saved: .null, now: 5, wallMs: 5) == GateState())
    }
}
