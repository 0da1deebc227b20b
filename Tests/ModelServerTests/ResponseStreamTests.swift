import OrchCore
import Testing

@testable import ModelServer

struct ResponseStreamTests {
    private let request = ModelRequest(thread: "t1", history: [.user("hello")])
    private let pace = Pace(thinking: .zero, delta: .zero, deltaLength: 5)

    private func text(_ steps: [ModelStep], failure: ModelFailure? = nil) -> String {
        let usage = TokenUsage(input: 10, cachedInput: 1, output: 5, reasoning: 2)
        return ResponseStream(ModelResponse(steps, failure: failure, usage: usage), to: request, pace: pace).events.map(
            \.text
        ).joined()
    }

    @Test func `a message streams in pieces`() {
        #expect(
            text([.message("Hello you")]) == #"""
                event: response.created
                data: {"response":{"id":"resp_0844ecd6_1","object":"response","status":"in_progress"},"sequence_number":0,"type":"response.created"}

                event: response.output_item.added
                data: {"item":{"content":[],"id":"msg_0844ecd6_1_0","role":"assistant","status":"in_progress","type":"message"},"output_index":0,"sequence_number":1,"type":"response.output_item.added"}

                event: response.content_part.added
                data: {"content_index":0,"item_id":"msg_0844ecd6_1_0","output_index":0,"part":{"annotations":[],"text":"","type":"output_text"},"sequence_number":2,"type":"response.content_part.added"}

                event: response.output_text.delta
                data: {"content_index":0,"delta":"Hello","item_id":"msg_0844ecd6_1_0","output_index":0,"sequence_number":3,"type":"response.output_text.delta"}

                event: response.output_text.delta
                data: {"content_index":0,"delta":" you","item_id":"msg_0844ecd6_1_0","output_index":0,"sequence_number":4,"type":"response.output_text.delta"}

                event: response.output_text.done
                data: {"content_index":0,"item_id":"msg_0844ecd6_1_0","output_index":0,"sequence_number":5,"text":"Hello you","type":"response.output_text.done"}

                event: response.output_item.done
                data: {"item":{"content":[{"annotations":[],"text":"Hello you","type":"output_text"}],"id":"msg_0844ecd6_1_0","role":"assistant","status":"completed","type":"message"},"output_index":0,"sequence_number":6,"type":"response.output_item.done"}

                event: response.completed
                data: {"response":{"id":"resp_0844ecd6_1","object":"response","output":[{"content":[{"annotations":[],"text":"Hello you","type":"output_text"}],"id":"msg_0844ecd6_1_0","role":"assistant","status":"completed","type":"message"}],"status":"completed","usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":1},"output_tokens":5,"output_tokens_details":{"reasoning_tokens":2},"total_tokens":15}},"sequence_number":7,"type":"response.completed"}


                """#
        )
    }

    @Test func `reasoning, a command and a patch have the shapes that Codex reads`() {
        let steps: [ModelStep] = [
            .reasoning("hm"), .command(ShellCommand("ls", folder: "/w", escalation: "why", yieldMs: 250)),
            .applyPatch("*** P"),
        ]
        let lines = text(steps).split(separator: "\n").filter { $0.hasPrefix("data:") }.dropFirst().dropLast()
        #expect(
            lines.joined(separator: "\n") == #"""
                data: {"item":{"id":"rs_0844ecd6_1_0","summary":[],"type":"reasoning"},"output_index":0,"sequence_number":1,"type":"response.output_item.added"}
                data: {"item_id":"rs_0844ecd6_1_0","output_index":0,"part":{"text":"","type":"summary_text"},"sequence_number":2,"summary_index":0,"type":"response.reasoning_summary_part.added"}
                data: {"delta":"hm","item_id":"rs_0844ecd6_1_0","output_index":0,"sequence_number":3,"summary_index":0,"type":"response.reasoning_summary_text.delta"}
                data: {"item_id":"rs_0844ecd6_1_0","output_index":0,"sequence_number":4,"summary_index":0,"text":"hm","type":"response.reasoning_summary_text.done"}
                data: {"item":{"id":"rs_0844ecd6_1_0","summary":[{"text":"hm","type":"summary_text"}],"type":"reasoning"},"output_index":0,"sequence_number":5,"type":"response.output_item.done"}
                data: {"item":{"arguments":"","call_id":"call_0844ecd6_1_1","id":"fc_0844ecd6_1_1","name":"exec_command","status":"in_progress","type":"function_call"},"output_index":1,"sequence_number":6,"type":"response.output_item.added"}
                """# + "\n" + lines.dropFirst(6).joined(separator: "\n")
        )
        #expect(
            lines.filter { $0.contains("output_item.done") }.dropFirst().joined(separator: "\n") == #"""
                data: {"item":{"arguments":"{\"cmd\":\"ls\",\"justification\":\"why\",\"sandbox_permissions\":\"require_escalated\",\"workdir\":\"/w\",\"yield_time_ms\":250}","call_id":"call_0844ecd6_1_1","id":"fc_0844ecd6_1_1","name":"exec_command","status":"completed","type":"function_call"},"output_index":1,"sequence_number":31,"type":"response.output_item.done"}
                data: {"item":{"call_id":"call_0844ecd6_1_2","id":"ctc_0844ecd6_1_2","input":"*** P","name":"apply_patch","status":"completed","type":"custom_tool_call"},"output_index":2,"sequence_number":35,"type":"response.output_item.done"}
                """#
        )
    }

    @Test func `the pieces of a text make the text, at any length`() {
        let text = "Zwölf Boxkämpfer 🥊🥊 jagen Viktor\nquer über den großen Sylter Deich"
        for length in 1...30 {
            let pace = Pace(thinking: .zero, delta: .milliseconds(3), deltaLength: length)
            let events = ResponseStream(.message(text), to: request, pace: pace).events
            let deltas = events.filter { $0.type == "response.output_text.delta" }
            #expect(deltas.compactMap { $0.data["delta"]?.stringValue }.joined() == text)
            #expect(deltas.allSatisfy { $0.pause == .milliseconds(3) })
            #expect(events.map { $0.data["sequence_number"]?.intValue } == (0..<events.count).map { Int64($0) })
        }
    }

    @Test func `failures end the stream as their names say`() {
        let types = { (failure: ModelFailure) in
            ResponseStream(ModelResponse([.message("Hello you")], failure: failure), to: request, pace: pace)
        }
        #expect(
            types(.failed(code: "c", message: "m")).events.last?.data["response"]?["error"]?.canonicalText
                == #"{"code":"c","message":"m"}"#
        )
        #expect(types(.incomplete(reason: "r")).events.last?.type == "response.incomplete")
        let cut = types(.cut)
        #expect(cut.ending == .cut)
        #expect(cut.events.last?.data["delta"]?.stringValue == "Hello")
        #expect(types(.silence(limit: .seconds(9))).ending == .silence(limit: .seconds(9)))
        #expect(ResponseStream(.failure(.cut), to: request, pace: pace).events.map(\.type) == ["response.created"])
    }

    @Test func `ids grow with the conversation and differ between threads`() {
        let id = { (thread: String, history: [HistoryItem]) in
            let stream = ResponseStream(.message("x"), to: ModelRequest(thread: thread, history: history), pace: pace)
            return stream.events[0].data["response"]?["id"]?.stringValue
        }
        #expect(id("a", [.user("x")]) != id("b", [.user("x")]))
        #expect(id("a", [.user("x")]) != id("a", [.user("x"), .assistant("y")]))
        #expect(id("a", [.user("x")]) == id("a", [.user("x")]))
    }

    @Test func `tokens are estimated from what came and what goes`() {
        let request = ModelRequest(
            thread: "t",
            developerTexts: ["12345678"],
            history: [
                .user("1234"), .call(ToolCall(id: "c", name: "ab", arguments: "")),
                .output(ToolOutput(call: "c", text: "1234")),
            ]
        )
        let usage = TokenUsage.estimate(request, steps: [.reasoning("12345678"), .message("1234")])
        #expect(usage == TokenUsage(input: 5, cachedInput: 0, output: 3, reasoning: 2))
    }
}
