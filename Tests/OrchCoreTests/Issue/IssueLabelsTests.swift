import OrchCore
import Testing

@Suite struct IssueLabelsTests {
    private let labels = IssueLabels()

    @Test(
        arguments: [
            ([], .none), (["bug"], .none), (["agent:queued"], .queued), (["Agent:Running"], .running),
            (["agent:review"], .review), (["agent:done"], .done),
            (["agent:stalled"], .stalled), (["agent:queued", "agent:running"], .running),
            (["agent:queued", "agent:done"], .done),
            (["agent:done", "agent:stalled"], .stalled), (["agent:stalled", "agent:review"], .review),
            (["agent:review", "agent:running"], .running),
        ] as [([String], IssuePhase)]
    )
    func `labels show a phase, and of two the one that starts nothing again`(present: [String], phase: IssuePhase) {
        #expect(labels.phase(of: present) == phase)
    }

    @Test(arguments: IssuePhase.allCases)
    func `showing a phase leaves one phase label and all others, and twice is once`(phase: IssuePhase) {
        let before = ["bug", "agent:queued", "orchestrate", "Agent:Done", "auto:pr-on-complete"]
        let after = labels.labels(showing: phase, on: before)
        #expect(labels.phase(of: after) == phase)
        #expect(after.filter { $0.lowercased().hasPrefix("agent:") }.count == (phase == .none ? 0 : 1))
        #expect(after.contains("bug") && after.contains("orchestrate") && after.contains("auto:pr-on-complete"))
        #expect(labels.labels(showing: phase, on: after) == after)
    }

    @Test func `a label that shows the phase already keeps its case`() {
        #expect(labels.labels(showing: .running, on: ["Agent:Running", "x"]) == ["Agent:Running", "x"])
    }

    @Test func `names can be chosen`() {
        let labels = IssueLabels(LabelNames(orchestrate: "robot", queued: "todo"))
        #expect(labels.phase(of: ["TODO"]) == .queued)
        #expect(labels.isOrchestrated(["Robot"]))
        #expect(!labels.isOrchestrated(["orchestrate"]))
        #expect(labels.wantsReview(["auto:pr-on-complete"]))
        #expect(labels.label(for: .none) == nil)
    }

    @Test func `names that can't work are told`() {
        #expect(LabelNames().problems.isEmpty)
        #expect(LabelNames(queued: "agent:DONE").problems.count == 1)
        #expect(LabelNames(queued: " ").problems == ["a label has an empty name"])
        #expect(LabelNames(done: String(repeating: "x", count: 51)).problems.count == 1)
        #expect(LabelNames(done: "a,b").problems.count == 1)
    }
}
