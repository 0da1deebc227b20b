import OrchCore
import Testing

@Suite struct StallEvidenceTests {
    @Test func `a report says who, since when, why, what was tried and what helps`() {
        let evidence = StallEvidence(
            agent: "iss-3",
            issue: 3,
            sinceMs: 1_786_192_496_000,
            cause: .silent,
            reason: "no sign of life for 30m of work",
            silentMs: 1_800_000,
            lastEvent: "command: swift test",
            lastEventMs: 1_786_190_696_000,
            workedMs: 2_400_000,
            budgetMs: 2_700_000,
            running: ["swift test"],
            tried: ["nudge 1 at 12:00", "nudge 2 at 12:10"]
        )
        #expect(
            evidence.text(nowMs: 1_786_192_556_000) == """
                Agent `iss-3` (#3) is stalled since 2026-08-08T12:34:56Z, 1m ago.
                Why: no sign of life for 30m of work.
                Evidence: last sign of life 31m ago (command: swift test); 30m of work without one; 40m of 45m used.
                Not finished when last seen: `swift test`.
                Tried: nudge 1 at 12:00; nudge 2 at 12:10.
                What helps: `orch agent interrupt iss-3`, then `orch issue retry 3`; a sign of life takes the stall back by itself.
                """
        )
    }

    @Test(arguments: StallEvidence.Cause.allCases)
    func `every cause names a way out, and nothing escapes to the terminal`(cause: StallEvidence.Cause) {
        let text = StallEvidence(
            agent: "a\u{1B}[2J",
            issue: nil,
            sinceMs: 0,
            cause: cause,
            reason: "x\u{202E}\ny..",
            workedMs: 0,
            budgetMs: 1
        ).text(nowMs: 5)
        #expect(text.contains("What helps: "))
        #expect(text.contains("Tried: nothing yet."))
        #expect(text.contains("no sign of life yet"))
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
        #expect(text.split(separator: "\n").count == 5)
    }
}
