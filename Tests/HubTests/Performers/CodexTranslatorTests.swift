import CodexAppServer
import OrchCore
import Testing

@testable import Hub

/// What the app-server says, as the hub hears it.
@Suite(.timeLimit(.minutes(1)))
struct CodexTranslatorTests {
    /// Says the messages over a real connection, and translates what arrives.
    private func translate(_ messages: JSONValue...) async throws -> [CodexTranslator.Translation] {
        let transport = ScriptedTransport()
        let connection = try await transport.connect()
        for message in messages { transport.say(message) }
        connection.close()
        var translator = CodexTranslator()
        var translations: [CodexTranslator.Translation] = []
        for await message in connection.incoming { translations.append(translator.translate(message)) }
        guard case .closed? = translations.popLast() else { throw Missing() }
        return translations
    }

    private struct Missing: Error {}

    private func item(_ item: JSONValue, _ method: String = "item/completed") -> JSONValue {
        ["method": .string(method), "params": ["threadId": "t", "turnId": "u", "item": item]]
    }

    @Test func `a command is told by the line that a person would have typed, and how it ended`() async throws {
        let said = try await translate(
            item([
                "type": "commandExecution", "id": "c", "command": "/bin/bash -lc 'git commit -m x'", "status": "failed",
                "exitCode": 1,
            ])
        )
        let expected = TurnItem(id: "c", kind: .command, text: "git commit -m x (exit 1)", status: "failed")
        #expect(said == [.said([.itemCompleted(thread: "t", turn: "u", expected)])])
    }

    @Test func `messages keep their text, and a person's message its client id`() async throws {
        let said = try await translate(
            item([
                "type": "userMessage", "id": "m", "clientId": "turn-1",
                "content": [["type": "text", "text": "Do it."]],
            ]),
            item(["type": "agentMessage", "id": "n", "text": "Done.\nAll of it."])
        )
        #expect(
            said == [
                .said([
                    .itemCompleted(
                        thread: "t",
                        turn: "u",
                        TurnItem(id: "m", kind: .userMessage, clientID: "turn-1", text: "Do it.")
                    )
                ]),
                .said([
                    .itemCompleted(
                        thread: "t",
                        turn: "u",
                        TurnItem(id: "n", kind: .agentMessage, text: "Done.\nAll of it.")
                    )
                ]),
            ]
        )
    }

    @Test func `an approval of a patch names the paths, which its request does not have`() async throws {
        let said = try await translate(
            item(
                [
                    "type": "fileChange", "id": "p", "status": "inProgress",
                    "changes": [["path": "/w/a.txt", "kind": ["type": "add"], "diff": "+a"]],
                ],
                "item/started"
            ),
            [
                "id": 3, "method": "item/fileChange/requestApproval",
                "params": ["threadId": "t", "turnId": "u", "itemId": "p", "reason": "outside"],
            ]
        )
        guard case .said(let inputs)? = said.last, case .approval(let asked)? = inputs.first else {
            Issue.record("no approval: \(said)")
            return
        }
        #expect(asked.summary == "add /w/a.txt (outside)")
        #expect(asked.request == "3")
        #expect(asked.kind == "file_change")
        #expect(asked.payload["reason"] == "outside")
    }

    @Test func `the end of a turn brings its last message first`() async throws {
        let said = try await translate([
            "method": "turn/completed",
            "params": [
                "threadId": "t",
                "turn": [
                    "id": "u", "status": "failed", "items": [["type": "agentMessage", "id": "n", "text": "Bye."]],
                    "error": ["message": "no more", "codexErrorInfo": "usageLimitExceeded"],
                ],
            ],
        ])
        #expect(
            said == [
                .said([
                    .itemCompleted(thread: "t", turn: "u", TurnItem(id: "n", kind: .agentMessage, text: "Bye.")),
                    .turnCompleted(
                        thread: "t",
                        turn: .init(id: "u", status: "failed", errorKind: "usageLimitExceeded", errorMessage: "no more")
                    ),
                ])
            ]
        )
    }

    @Test func `tokens, limits and errors`() async throws {
        let said = try await translate(
            [
                "method": "thread/tokenUsage/updated",
                "params": ["threadId": "t", "turnId": "u", "tokenUsage": ["total": ["totalTokens": 12]]],
            ],
            [
                "method": "account/rateLimits/updated",
                "params": [
                    "rateLimits": [
                        "primary": ["usedPercent": 30, "resetsAt": 100],
                        "secondary": ["usedPercent": 80, "resetsAt": 200],
                    ]
                ],
            ],
            [
                "method": "error",
                "params": [
                    "threadId": "t", "turnId": "u", "willRetry": true,
                    "error": ["message": "again", "codexErrorInfo": ["x": 1]],
                ],
            ]
        )
        #expect(said.count == 3)
        #expect(said[0] == .said([.tokens(thread: "t", turn: "u", total: 12)]))
        if case .said(let inputs) = said[1], case .rateLimits(let used, let resets, _)? = inputs.first {
            #expect(used == 80)
            #expect(resets == 200_000)
        } else {
            Issue.record("no limits: \(said[1])")
        }
        #expect(said[2] == .said([.turnError(thread: "t", turn: "u", kind: "x", message: "again", willRetry: true)]))
    }

    @Test func `a request that nobody knows is refused at once`() async throws {
        let said = try await translate(["id": 9, "method": "item/somethingNew", "params": ["threadId": "t"]])
        guard case .refuse(let id, let why)? = said.first else {
            Issue.record("not refused: \(said)")
            return
        }
        #expect(id == .number(9))
        #expect(why.contains("item/somethingNew"))
    }

    @Test func `a tool call goes to the hub`() async throws {
        let said = try await translate([
            "id": 4, "method": "item/tool/call",
            "params": [
                "threadId": "t", "turnId": "u", "callId": "c", "tool": "orch_close", "arguments": ["agent": "iss-1"],
            ],
        ])
        #expect(
            said == [
                .said([
                    .toolCall(
                        .init(
                            request: "4",
                            thread: "t",
                            turn: "u",
                            call: "c",
                            tool: "orch_close",
                            arguments: ["agent": "iss-1"]
                        )
                    )
                ])
            ]
        )
    }

    @Test(arguments: [
        ("/bin/bash -lc 'ls -l'", "ls -l"), ("bash -lc \"echo \\\"a\\\"\"", "echo \"a\""), ("/bin/sh -c pwd", "pwd"),
        ("git status", "git status"), ("/bin/bash -lc 'echo '\\''a'\\'''", "echo 'a'"), ("/bin/bash -lc ''", ""),
        ("/bin/bash -lc 'a' && 'b'", "'a' && 'b'"),
    ])
    func `a command line is shown without the shell around it`(_ command: String, _ readable: String) {
        #expect(ReadableCommand.text(command) == readable)
    }
}
