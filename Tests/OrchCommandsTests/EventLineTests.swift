import OrchCore
import OrchStore
import Testing

@testable import OrchCommands

/// The lines of `orch follow`.
@Suite struct EventLineTests {
    private let output = Output(out: MemorySink(), err: MemorySink(), isTerminal: false, hasColour: false, width: 100)

    private func event(_ kind: String, agent: String? = nil, issue: Int64? = nil, _ data: JSONValue) -> FeedEvent {
        FeedEvent(
            [42, 1_780_000_000_000, .string(kind), .text(agent), .number(issue), data],
            ["seq", "at_ms", "kind", "agent", "issue", "data"].map { ReportColumn($0) }
        )
    }

    @Test func `an event is one aligned line: number, time, who, kind, what`() {
        let text = EventLine(output: output).text(
            event("agent.stalled", agent: "iss-1", issue: 1, ["reason": "silent", "for_ms": 5])
        )
        #expect(text.hasPrefix("    42  "))
        #expect(text.hasSuffix("  iss-1           agent.stalled           silent  for_ms=5"))
    }

    @Test func `a change of phase and a hub's event are told in words`() {
        #expect(EventLine.words(event("issue.phase", ["from": "queued", "to": "running"])) == "queued → running")
        #expect(EventLine(output: output).text(event("hub.started", [:])).contains("hub             hub.started"))
    }

    @Test func `a decision's payload stands below it`() {
        let text = EventLine(output: output).text(
            event("decision.executed", ["verb": "send", "payload": ["to": "iss-1", "task": "go on"]])
        )
        let lines = text.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[1].hasSuffix("│ task: go on"))
        #expect(lines[2].hasSuffix("│ to: iss-1"))
    }

    @Test func `what agents write can't move the cursor`() {
        let text = EventLine(output: output).text(
            event("item.agentMessage", agent: "a\u{1B}[2J", ["text": "x\u{1B}]0;y\u{7}\nz"])
        )
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test func `colours are used on a terminal only`() {
        let plain = EventLine(output: output).text(event("turn.failed", ["error": "x"]))
        #expect(!plain.contains("\u{1B}"))
        let terminal = Output(out: MemorySink(), err: MemorySink(), isTerminal: true, hasColour: true, width: 80)
        #expect(
            EventLine(output: terminal).text(event("turn.failed", ["error": "x"])).contains("\u{1B}[31mturn.failed")
        )
    }
}
