import OrchCore
import Testing

@testable import ModelServer

struct DemoOrchestratorTests {
    private static let tools = ["exec_command", "orch_close", "orch_send", "orch_fetch"]
    private static let cutOff = "Your turn was interrupted. These facts were being decided:"

    private static func update(_ issue: Int, _ summary: String, _ status: String, artifact: String) -> String {
        let event: JSONValue = [
            "type": "AGENT_UPDATE", "agent": .string("iss-\(issue)"), "issue": .integer(Int64(issue)), "kind": "task",
            "summary": .string(summary), "status": .string(status), "artifact": .string(artifact),
        ]
        return "```event\n\(event.canonicalText)\n```"
    }

    private static func thread(tools: [String] = tools) -> PlayedThread {
        PlayedThread(DemoScenario(), folder: "/", tools: tools)
    }

    @Test func `finished work of an odd issue is closed by a tool, of an even one by a block`() async throws {
        var thread = Self.thread()
        let digest =
            "Digest 1\n" + Self.update(1, "It passes.", "done", artifact: "a") + "\n"
            + Self.update(2, "Written.", "done", artifact: "b")
        let message = try await thread.turn(digest)
        #expect(thread.calls == [ToolCall(id: "call_1", name: "orch_close", arguments: ["agent": "iss-1"])])
        #expect(
            message == """
                `iss-1` has finished: I close it.
                `iss-2` has finished: I close it.

                ```control
                {"close":{"agent":"iss-2"}}
                ```
                """
        )
    }

    @Test func `work whose check fails is sent back once, with the report fetched and a word on the issue`()
        async throws
    {
        var thread = Self.thread()
        let message = try await thread.turn(
            Self.update(3, "The check fails: expected 3 words, got 14", "done", artifact: "abc")
        )
        #expect(
            message == """
                The check of `iss-3` fails: I send it back.

                ```control
                {"send":{"task":"Sent back: the check of this issue fails. expected 3 words, got 14. Make it pass, then commit and report.","to":"iss-3"}}
                {"status":{"issue":3,"text":"The check fails, so the work was sent back."}}
                {"fetch":{"artifact":"abc","max_chars":2000}}
                ```
                """
        )
        let fetched = try await thread.turn(
            "```event\n{\"type\":\"ARTIFACT\",\"agent\":\"iss-3\",\"artifact\":\"abc\",\"text\":\"…\"}\n```"
        )
        #expect(fetched == "Noted. There is nothing to decide: the agents go on.")
        _ = try await thread.turn(Self.update(3, "It passes.", "done", artifact: "def"))
        #expect(thread.calls.map(\.name) == ["orch_close"])
    }

    @Test func `an incomplete report is answered by the tool, and by a block where there is none`() async throws {
        let digest = Self.update(4, "Step 1 of 2.", "continue", artifact: "x")
        var thread = Self.thread()
        #expect(try await thread.turn(digest) == "`iss-4` has more to do: I let it go on.")
        #expect(
            thread.calls.map(\.arguments) == [
                ["to": "iss-4", "task": "Go on with the second step: what you have so far is fine."]
            ]
        )
        var without = Self.thread(tools: ["orch_status"])
        #expect(try await without.turn(digest)?.contains(#"{"send":{"task":"Go on"#) == true)
        #expect(without.calls == [])
    }

    @Test(arguments: [0, 1])
    func `a turn that was cut off repeats no decision that shows`(kill: Int) async throws {
        var thread = Self.thread()
        let facts =
            Self.update(1, "It passes.", "done", artifact: "a") + Self.update(3, "It passes.", "done", artifact: "b")
        #expect(try await thread.turn(facts, killAfter: kill) == nil)
        let message = try await thread.turn(Self.cutOff + "\n" + facts)
        // The call that was cut off shows nothing: it is decided again, in a block. The other one stays as it was.
        #expect(thread.calls.count == 2)
        #expect(message?.contains("iss-1") == (kill == 0))
        #expect(message?.contains(#"{"close":{"agent":"iss-\#(kill == 0 ? 1 : 3)"}}"#) == true)
    }

    @Test func `a cut-off turn is gone on with although the facts are not told again`() async throws {
        var thread = Self.thread()
        #expect(try await thread.turn(Self.update(1, "It passes.", "done", artifact: "a"), killAfter: 0) == nil)
        #expect(try await thread.turn("You were interrupted.")?.contains(#"{"close":{"agent":"iss-1"}}"#) == true)
    }

    @Test func `facts that were answered are not answered again when a cut-off turn repeats them`() async throws {
        var thread = Self.thread()
        let facts = Self.update(3, "The check fails: x", "done", artifact: "a")
        _ = try await thread.turn(facts)
        #expect(
            try await thread.turn(Self.cutOff + "\n" + facts) == "Noted. There is nothing to decide: the agents go on."
        )
        // In a digest of its own it is a new fact.
        #expect(try await thread.turn(facts)?.contains("send") == true)
    }

    @Test func `an agent that does not get on is given up`() async throws {
        var thread = Self.thread(tools: ["orch_status"])
        for number in 0..<3 {
            #expect(
                try await thread.turn(Self.update(1, "A command did not work", "continue", artifact: "a\(number)"))?
                    .contains("send") == true
            )
        }
        let last = try await thread.turn(Self.update(1, "A command did not work", "continue", artifact: "z"))
        #expect(last?.contains(#"{"close":{"agent":"iss-1","outcome":"failed"}}"#) == true)
    }

    @Test func `a digest without anything to decide gets a word`() async throws {
        var thread = Self.thread()
        for event in [
            #"{"type":"TIMEOUT_CHECKIN","agent":"iss-1"}"#, #"{"type":"REFUSED","reason":"x"}"#, "{ no json", "prose",
        ] {
            #expect(
                try await thread.turn("Digest\n```event\n\(event)\n```")
                    == "Noted. There is nothing to decide: the agents go on."
            )
        }
        #expect(
            try await thread.turn(Self.update(1, "I need a key", "blocked: no key", artifact: "a"))?.hasPrefix("Noted.")
                == true
        )
    }

    @Test func `an agent that waits idly gets the decision on its report again`() async throws {
        var thread = Self.thread(tools: ["orch_status"])
        _ = try await thread.turn(Self.update(2, "Written.", "done", artifact: "a"))
        let again = try await thread.turn("```event\n{\"type\":\"IDLE\",\"agent\":\"iss-2\",\"idle\":\"10m\"}\n```")
        #expect(again?.contains(#"{"close":{"agent":"iss-2"}}"#) == true)
    }
}
