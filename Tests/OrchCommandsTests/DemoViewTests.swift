import Testing

@testable import OrchCommands

/// How `orch demo` shows what happens.
@Suite struct DemoViewTests {
    private func snapshot(_ phase: String, agent: String? = nil, state: String? = nil) -> DemoSnapshot {
        DemoSnapshot(issues: [.init(number: 1, title: "Add a greeting", phase: phase, agent: agent, state: state)])
    }

    @Test func `without a terminal each change is one line`() throws {
        let out = MemorySink()
        let output = Output(out: out, err: MemorySink(), isTerminal: false, hasColour: false, width: 80)
        var view = DemoView(output, startMs: 0)
        try view.show(snapshot("queued"), nowMs: 0)
        try view.show(snapshot("queued"), nowMs: 500)
        try view.show(snapshot("running", agent: "iss-1", state: "working"), nowMs: 2_300)
        try view.show(snapshot("done", agent: "iss-1", state: "closed"), nowMs: 61_000)
        #expect(
            out.text == """
                    0s  #1  queued
                    2s  #1  queued → running, iss-1 is working
                 1m 1s  #1  running → done, iss-1 is closed

                """
        )
    }

    @Test func `on a terminal the table is drawn over itself`() throws {
        let out = MemorySink()
        let output = Output(out: out, err: MemorySink(), isTerminal: true, hasColour: false, width: 80)
        var view = DemoView(output, startMs: 0)
        try view.show(snapshot("queued"), nowMs: 0)
        #expect(!out.text.contains("\u{1B}"))
        try view.show(snapshot("running", agent: "iss-1", state: "working"), nowMs: 1_000)
        #expect(out.text.contains("\u{1B}[3A\u{1B}[J"))
    }

    @Test func `a terminal that was made narrower has broken the lines of the table`() throws {
        #expect(DemoView.height(of: "", width: 20) == 0)
        #expect(DemoView.height(of: "one\n\u{1B}[1m\(String(repeating: "x", count: 21))\u{1B}[0m\n\n", width: 20) == 4)
        let out = MemorySink()
        var width = 80
        let output = Output(out: out, err: out, isTerminal: true, hasColour: false, width: width, size: { (width, 24) })
        var view = DemoView(output, startMs: 0)
        try view.show(snapshot("queued"), nowMs: 0)
        width = 40
        try view.show(snapshot("running", agent: "iss-1", state: "working"), nowMs: 1_000)
        #expect(out.text.contains("\u{1B}[6A\u{1B}[J"), "\(out.text)")
    }

    @Test func `it ends when all issues are finished, and when one needs somebody`() {
        #expect(!snapshot("running").isSettled)
        #expect(snapshot("done").isFinished)
        #expect(snapshot("review").isFinished)
        #expect(snapshot("stalled").isSettled)
        #expect(!snapshot("stalled").isFinished)
        #expect(!DemoSnapshot(issues: []).isSettled)
    }
}
