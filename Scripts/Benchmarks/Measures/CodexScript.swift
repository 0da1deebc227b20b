import OrchCore

/// What codex says in one turn of an agent that works: as recorded from codex 0.163, with the notifications opted out that the hub does
/// not take.
struct CodexScript {
    let thread: String
    let turn: String
    let client: String

    /// Commands of the turn.
    static let commands = 8

    /// What the model wrote for this turn: what a stream would bring token by token.
    private(set) var modelText = ""
    private(set) var messages: [JSONValue] = []

    init(thread: String, codexTurn: String, turn: String, tokens: Int64) {
        self.thread = thread
        self.turn = codexTurn
        client = turn
        status("active")
        say("turn/started", ["threadId": .string(thread), "turn": turnInfo("inProgress", items: [])])
        whole(userMessage)
        for number in 0..<Self.commands {
            thought(number)
            if number % 4 == 3 { change(number) } else { command(number) }
            count(tokens + Int64(number + 1) * 1_500)
        }
        let report = report
        modelText += report
        whole(message(report), started: message(""))
        say("turn/completed", ["threadId": .string(thread), "turn": turnInfo("completed", items: [message(report)])])
        status("idle")
    }

    private var userMessage: JSONValue {
        [
            "type": "userMessage", "id": .string("\(turn)-u"), "clientId": .string(client),
            "content": [["type": "text", "text": "Go on with the next step of your task.", "text_elements": []]],
        ]
    }

    private var report: String {
        """
        The parser reads nested blocks now.

        ### What changed
        - `Sources/Parser/Block.swift`: a block may hold blocks, to a depth of 16.
        - `Tests/ParserTests/BlockTests.swift`: five cases, one of them malformed.

        ### Validation
        `swift test --filter BlockTests` passed (12 tests).

        Status: continue (\(turn))
        """
    }

    private func message(_ text: String) -> JSONValue {
        ["type": "agentMessage", "id": .string("\(turn)-m"), "text": .string(text), "phase": "final_answer"]
    }

    private func turnInfo(_ status: String, items: [JSONValue]) -> JSONValue {
        [
            "id": .string(turn), "items": .array(items), "status": .string(status), "error": nil,
            "startedAt": 1_790_000_000, "completedAt": 1_790_000_060, "durationMs": 60_000,
        ]
    }

    private mutating func say(_ method: String, _ params: JSONValue) {
        messages.append(["jsonrpc": "2.0", "method": .string(method), "params": params])
    }

    private mutating func status(_ word: String) {
        let status: JSONValue = word == "active" ? ["type": "active", "activeFlags": []] : ["type": .string(word)]
        say("thread/status/changed", ["threadId": .string(thread), "status": status])
    }

    private mutating func whole(_ item: JSONValue, started: JSONValue? = nil) {
        for (method, item) in [("item/started", started ?? item), ("item/completed", item)] {
            say(method, ["threadId": .string(thread), "turnId": .string(turn), "item": item, "completedAtMs": 1])
        }
    }

    private mutating func thought(_ number: Int) {
        let text =
            "**Looking at step \(number)**\n\nThe failing case ends inside a nested block, so the depth is lost there."
        modelText += text
        whole(["type": "reasoning", "id": .string("\(turn)-r\(number)"), "summary": [.string(text)], "content": []])
    }

    private mutating func command(_ number: Int) {
        let line =
            "cd Sources && rg -n 'func parse' --glob '*.swift' | head -\(20 + number) && swift build --target Parser"
        modelText += #"{"cmd":"\#(line)","yield_time_ms":10000}"#
        let text = "/bin/bash -lc \"\(line)\""
        func item(_ status: String, output: JSONValue, exit: JSONValue) -> JSONValue {
            [
                "type": "commandExecution", "id": .string("\(turn)-c\(number)"), "command": .string(text),
                "cwd": "/home/dev/project/.worktrees/iss-1", "processId": "4711", "source": "agent",
                "status": .string(status), "aggregatedOutput": output, "exitCode": exit, "durationMs": 812,
                "commandActions": [["type": "unknown", "command": .string(line)]],
            ]
        }
        let output = (0..<20).map { "Sources/Parser/Block.swift:\($0 * 7): func parse\($0)() throws {\n" }.joined()
        whole(
            item("completed", output: .string(output), exit: 0),
            started: item("inProgress", output: nil, exit: nil)
        )
    }

    private mutating func change(_ number: Int) {
        let lines = (0..<12).map { "+    let value\($0) = try parse(block: \($0), depth: depth + 1)\n" }.joined()
        let diff = "@@ -10,6 +10,18 @@ func parse() throws {\n" + lines
        modelText += "*** Begin Patch\n*** Update File: Sources/Parser/Block.swift\n\(diff)*** End Patch"
        func item(_ status: String) -> JSONValue {
            [
                "type": "fileChange", "id": .string("\(turn)-f\(number)"), "status": .string(status),
                "changes": [
                    [
                        "path": "/home/dev/project/.worktrees/iss-1/Sources/Parser/Block.swift",
                        "kind": ["type": "update", "move_path": nil], "diff": .string(diff),
                    ]
                ],
            ]
        }
        whole(item("completed"), started: item("inProgress"))
    }

    private mutating func count(_ total: Int64) {
        let usage: JSONValue = [
            "totalTokens": .integer(total), "inputTokens": .integer(total - 200), "cachedInputTokens": 1_000,
            "outputTokens": 200, "reasoningOutputTokens": 64,
        ]
        say(
            "thread/tokenUsage/updated",
            [
                "threadId": .string(thread), "turnId": .string(turn),
                "tokenUsage": ["total": usage, "last": usage, "modelContextWindow": 258_400],
            ]
        )
    }
}
