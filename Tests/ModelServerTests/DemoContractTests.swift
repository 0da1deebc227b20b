import OrchCore
import Testing

@testable import ModelServer

/// The demo's texts against the product's own readers and writers: they must understand each other.
struct DemoContractTests {
    private static let tools = ControlVerb.Name.allCases.map { ControlTools.tool(of: $0) }

    private static func digest(_ entries: [DigestFacts.Entry]) -> String {
        let agent = DigestFacts.Agent(
            name: "iss-3",
            issue: 3,
            state: "interrupted",
            workedMs: 1,
            budgetMs: 2,
            tokens: 3,
            lastReport: "was cut off, killed"
        )
        return DigestText.render(
            DigestFacts(
                number: 7,
                autopilot: true,
                dangerous: false,
                wipUsed: 1,
                wipLimit: 2,
                agents: [agent],
                queue: [],
                entries: entries
            )
        )
    }

    private static func entry(_ issue: Int, _ summary: String, _ status: String, artifact: String) -> DigestFacts.Entry
    {
        DigestFacts.Entry(
            type: "AGENT_UPDATE",
            data: [
                "agent": .string("iss-\(issue)"), "issue": .integer(Int64(issue)), "kind": "task",
                "summary": .string(summary),
                "status": .string(status), "artifact": .string(artifact),
            ]
        )
    }

    private static let facts = [
        entry(1, "It passes.", "done", artifact: "aaaa1111"), entry(2, "Written.", "done", artifact: "bbbb2222"),
        entry(3, "The check fails: expected 3 words, got 14", "done", artifact: "cccc3333"),
        entry(4, "Step 1 of 2.", "continue", artifact: "dddd4444"),
    ]

    /// What a turn decided, as the hub reads it: tool calls first, then blocks.
    private static func decisions(_ thread: PlayedThread, _ message: String?) throws -> [ControlVerb] {
        let calls = try thread.calls.map { try ControlTools.parse(tool: $0.name, arguments: $0.arguments).parsed.get() }
        return calls + (try ControlParser.parse(message ?? "").map { try $0.parsed.get() })
    }

    @Test func `a digest of the hub is decided, and the hub understands every decision`() async throws {
        var thread = PlayedThread(DemoScenario(), folder: "/", tools: Self.tools)
        let message = try await thread.turn(Self.digest(Self.facts))
        #expect(
            try Self.decisions(thread, message) == [
                .close(agent: "iss-1", outcome: nil),
                .send(to: "iss-4", task: "Go on with the second step: what you have so far is fine."),
                .close(agent: "iss-2", outcome: nil),
                .send(
                    to: "iss-3",
                    task:
                        "Sent back: the check of this issue fails. expected 3 words, got 14. Make it pass, then commit and report."
                ),
                .status(issue: 3, text: "The check fails, so the work was sent back."),
                .fetch(artifact: "cccc3333", maxChars: 2000),
            ]
        )
    }

    @Test
    func `a digest whose turn was cut off is gone on with from the hub's continuation, also when it is quoted twice`()
        async throws
    {
        let digest = Self.digest(Self.facts)
        let once = Prompts.continuation(ContinuationFacts(cause: .killed, prompt: digest))
        let twice = Prompts.continuation(ContinuationFacts(cause: .failed("x"), prompt: once))
        for text in [once, twice] {
            var lost = PlayedThread(DemoScenario(), folder: "/", tools: Self.tools)  // the first message never arrived
            let told = try await lost.turn(text)
            #expect(try Self.decisions(lost, told).count == 6)
            var cut = PlayedThread(DemoScenario(), folder: "/", tools: Self.tools)
            #expect(try await cut.turn(digest, killAfter: 1) == nil)  // closed iss-1; the message to iss-4 was cut off
            let message = try await cut.turn(text)
            #expect(try Self.decisions(cut, message).count == 2 + 5)
            #expect(message?.contains("iss-1") == false)
        }
    }

    @Test func `a digest that speaks of interrupted agents is no continuation`() {
        #expect(!DemoTexts.isContinuation(Self.digest([])))
        #expect(DemoTexts.isContinuation(Prompts.continuation(ContinuationFacts(cause: .killed, prompt: "x"))))
        #expect(DemoTexts.isContinuation(Prompts.continuation(ContinuationFacts(cause: .usageLimit, prompt: "x"))))
        #expect(DemoTexts.isContinuation(Prompts.continuation(ContinuationFacts(cause: .failed("x"), prompt: "x"))))
        for text in [Prompts.goOn, Prompts.nudge, Prompts.wrapUp, DemoTexts.sentBack, DemoTexts.goOn] {
            #expect(!DemoTexts.isContinuation(text))
        }
    }

    @Test func `reports have the summary and the status that the hub reads`() {
        let report = { (issue: Int, wasAnswered: Bool) in
            let text = DemoPlan.plan(issue: issue, wasAnswered: wasAnswered, pause: .zero)?.report ?? ""
            return "\(ReportText.status(of: text).word): \(ReportText.summary(of: text))"
        }
        #expect(report(1, false) == "done: The greeting module is there and its check passes.")
        #expect(report(2, false) == "done: The page on greeting is written.")
        #expect(report(3, true) == "done: The script counts words now, and its check passes.")
        #expect(
            report(4, false) == "continue: Step 1 of 2: the outline of the release notes stands, with three points."
        )
        #expect(report(4, true) == "done: Step 2 of 2: the release notes are written and their check passes.")
    }

    @Test func `the charters are complete, and the second is blocked by the first`() {
        for charter in DemoCharters.all {
            #expect(Charter.parse(body: charter.body).missing == [])
            let blockers = BlockerLines.parse(body: charter.body, labels: charter.labels).map(\.number)
            #expect(blockers == (charter.number == 2 ? [1] : []))
        }
        #expect(DemoCharters.all.map(\.number) == [1, 2, 3, 4])
    }
}
