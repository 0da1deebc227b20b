import OrchCore
import Testing

@testable import ModelServer

struct ModelRequestTests {
    private func parse(_ text: String, thread: String? = "t1", metadata: String? = nil) throws -> ModelRequest {
        try ModelRequest(body: try JSONValue(parsing: text), thread: thread, turnMetadata: metadata) { _ in 7 }
    }

    @Test func `the conversation is read as Codex sends it, without what Codex adds itself`() throws {
        let request = try parse(
            #"""
            {"model":"gpt-5.5","input":[
            {"type":"message","role":"developer","content":[{"type":"input_text","text":"BASE"}]},
            {"type":"message","role":"developer","content":[{"type":"input_text","text":"DEV"},{"type":"input_text","text":"<skills>"}]},
            {"type":"message","role":"user","content":[{"type":"input_text","text":"# AGENTS.md instructions"},{"type":"input_text","text":"<environment_context>x"}]},
            {"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]},
            {"type":"reasoning","id":"r","summary":[]},
            {"type":"function_call","name":"exec_command","arguments":"{\"cmd\":\"ls\"}","call_id":"c1"},
            {"type":"function_call_output","call_id":"c1","output":"Process exited with code 0\nOutput:\na"},
            {"type":"custom_tool_call","name":"apply_patch","input":"*** Begin Patch","call_id":"c2"},
            {"type":"custom_tool_call_output","call_id":"c2","output":[{"type":"input_text","text":"ok"}]},
            {"type":"message","role":"assistant","content":[{"type":"output_text","text":"done"}]},
            {"type":"message","role":"user","content":[{"type":"input_text","text":"<turn_aborted>\nx"}]},
            {"type":"message","role":"user","content":"go on"},
            {"type":"function_call","name":"orch_close","arguments":"no json","call_id":"c3"},
            {"type":"function_call_output","call_id":"c3","output":"aborted"}],
            "tools":[{"type":"function","name":"exec_command"},{"type":"web_search"},{"type":"namespace","name":"n","tools":[{"type":"function","name":"inner"}]}]}
            """#,
            metadata: #"{"turn_id":"turn-9","thread_id":"other"}"#
        )
        #expect(request.thread == "t1")
        #expect(request.turn == "turn-9")
        #expect(request.ordinal == 7)
        #expect(request.developerTexts == ["BASE", "DEV", "<skills>"])
        #expect(request.tools == ["exec_command", "inner"])
        #expect(
            request.history == [
                .user("hi"), .call(ToolCall(id: "c1", name: "exec_command", arguments: ["cmd": "ls"])),
                .output(ToolOutput(call: "c1", text: "Process exited with code 0\nOutput:\na")),
                .call(ToolCall(id: "c2", name: "apply_patch", arguments: "*** Begin Patch")),
                .output(ToolOutput(call: "c2", text: "ok")), .assistant("done"), .user("go on"),
                .call(ToolCall(id: "c3", name: "orch_close", arguments: "no json")),
                .output(ToolOutput(call: "c3", text: "aborted")),
            ]
        )
        #expect(request.position == 1)
        #expect(request.lastUserText == "go on")
        #expect(request.outputsSinceLastUser.first?.isAborted == true)
    }

    @Test func `the thread is found in the metadata or the cache key when the header is missing`() throws {
        #expect(try parse(#"{"input":[]}"#, thread: nil, metadata: #"{"thread_id":"m"}"#).thread == "m")
        #expect(try parse(#"{"input":[],"prompt_cache_key":"k"}"#, thread: nil).thread == "k")
    }

    @Test func `a body without input is refused`() {
        #expect(throws: ModelServerError.self) { try parse(#"{"messages":[]}"#) }
    }

    @Test func `command outputs are read: exit code, running session, text`() {
        let done = CommandResult("Chunk ID: 1\nProcess exited with code 3\nOutput:\nExit code: 9\nhi")
        #expect((done.exitCode, done.session, done.text) == (3, nil, "Exit code: 9\nhi"))
        let running = CommandResult("Wall time: 1\nProcess running with session ID 42\nOutput:\n")
        #expect((running.exitCode, running.session) == (nil, 42))
        let patch = CommandResult("Exit code: 0\nWall time: 0 seconds\nOutput:\nSuccess.")
        #expect(patch.exitCode == 0)
        #expect(CommandResult("aborted").exitCode == nil)
    }
}
