import CodexAppServer
import Foundation
import ModelServer
import OrchCore
import OrchTestSupport
import Testing

extension RealCodexTests {
    /// Turns, as both transports show them.
    @Suite struct TurnTests {
        static let tools: JSONValue = [
            [
                "type": "function", "name": "orch_spawn", "description": "Starts an agent.",
                "inputSchema": ["type": "object", "properties": ["name": ["type": "string"]]],
            ]
        ]

        static func params(_ folder: String, name: String? = "w") -> ThreadStartParams {
            ThreadStartParams(
                folder: folder,
                sandbox: .workspaceWrite(writableRoots: []),
                developerInstructions: "Be brief.",
                tools: tools,
                name: name
            )
        }

        private static let steps: [ScriptedScenario.Rule] = [
            .script(
                when: "do it",
                [
                    ModelResponse([.reasoning("Let me see."), .exec("echo hi; exit 3")]),
                    ModelResponse([.toolCall(name: "orch_spawn", arguments: ["name": "w1"])]),
                    ModelResponse([.applyPatch("*** Begin Patch\n*** Add File: f.txt\n+x\n*** End Patch\n")]),
                    ModelResponse([.message("All done.")], headers: ModelResponse.rateLimitHeaders(usedPercent: 43)),
                ]
            )
        ]

        /// The shared test of the transports: one turn with everything in it.
        private func runTurn(_ client: CodexClient, folder: String) async throws {
            var reader = MessageReader(client.connection)
            let thread = try await client.startThread(Self.params(folder))
            let turn = try await client.startTurn(.init(threadID: thread.id, clientID: "turn-1", text: "do it"))
            let call = try await reader.toolCall()
            #expect(call.threadID == thread.id)
            #expect(call.turnID == turn)
            #expect(call.tool == "orch_spawn")
            #expect(call.arguments == ["name": "w1"])
            try client.connection.respond(call.id, ToolCallRequest.result(text: "{\"agent\":7}", isSuccess: true))
            let completed = try await reader.turnCompleted()
            #expect(completed.threadID == thread.id)
            #expect(completed.turn.id == turn)
            #expect(completed.turn.status == .completed)

            let items = reader.completed.filter { $0.threadID == thread.id && $0.turnID == turn }.map(\.item)
            #expect(items.count == 6)
            for item in items {
                switch item {
                case .userMessage(let it): #expect(it.clientID == "turn-1" && it.text == "do it")
                case .reasoning(let it): #expect(it.summary == "Let me see.")
                case .commandExecution(let it):
                    #expect(it.exitCode == 3)
                    #expect(it.output == "hi\n")
                    #expect(it.status == "failed")
                case .dynamicToolCall(let it): #expect(it.isSuccess == true && it.id == call.callID)
                case .fileChange(let it): #expect(it.changes.map(\.path) == ["\(folder)/f.txt"])
                case .agentMessage(let it): #expect(it.text == "All done.")
                case .other: Issue.record("\(item)")
                }
            }
            let usage = reader.seen.compactMap {
                if case .notification(.tokenUsageUpdated(let it)) = $0 { it.total.total } else { nil }
            }
            #expect(usage.count >= 4)
            #expect(usage == usage.sorted())
            let limits = reader.seen.compactMap {
                if case .notification(.rateLimitsUpdated(let it)) = $0 { it.tightest?.usedPercent } else { nil }
            }
            #expect(limits.contains(43))
            let history = try await client.history(threadID: thread.id)
            #expect(history.items.map(\.item) == items)
            #expect(Set(history.items.map(\.turnID)) == [turn])
            #expect(history.turns.map(\.id) == [turn])
            #expect(history.isComplete)
            #expect(client.connection.faultCount == 0)
        }

        @Test func `a turn over the socket: items, tokens, limits, end, and the same from the history`() async throws {
            try await CodexFixture.with(Self.steps) { fixture in
                let client = try await fixture.connect()
                #expect(client.connection.server.version != nil)
                #expect(client.connection.server.codexHome == fixture.directory.file("home"))
                try await runTurn(client, folder: try fixture.directory.folder("work"))
                client.connection.close()
            }
        }

        @Test func `a turn over standard input and output: the same, and the server ends with the connection`()
            async throws
        {
            try await CodexFixture.with(Self.steps, starts: false) { fixture in
                var launcher = fixture.launcher
                launcher.socket = nil
                let connection = try await AppServerConnection.connect(StdioTransport(launcher))
                let identity = try #require(ProcessIdentity.find(token: launcher.token))
                try await runTurn(CodexClient(connection), folder: try fixture.directory.folder("work"))
                connection.close()
                #expect(await identity.isGone(within: .seconds(10)))
            }
        }

        @Test func `a child that dies ends the connection`() async throws {
            try await CodexFixture.with(starts: false) { fixture in
                var launcher = fixture.launcher
                launcher.socket = nil
                let connection = try await AppServerConnection.connect(StdioTransport(launcher))
                let identity = try #require(ProcessIdentity.find(token: launcher.token))
                identity.killNow()
                var reader = MessageReader(connection)
                _ = try await reader.closed()
                #expect(await identity.isGone(within: .seconds(10)))
            }
        }

        @Test func `a steer comes back with its client id, in the same turn`() async throws {
            try await CodexFixture.with([
                .script(when: "wait", [.exec("while [ ! -e go ]; do :; done"), .message("not reached")]),
                .script(when: "hurry", [.message("hurried")]),
            ]) { fixture in
                let folder = try fixture.directory.folder("work")
                let client = try await fixture.connect()
                var reader = MessageReader(client.connection)
                let thread = try await client.startThread(Self.params(folder))
                let turn = try await client.startTurn(.init(threadID: thread.id, clientID: "a", text: "wait"))
                _ = try await reader.commandStarted()
                let steered = try await client.steer(
                    .init(threadID: thread.id, turnID: turn, clientID: "b", text: "hurry")
                )
                #expect(steered == turn)
                // Accepted, but nowhere to be seen: that is why only the completed item counts.
                #expect(try await client.findMessage(clientID: "b", threadID: thread.id) == .absent)
                try fixture.directory.write("work/go", "")
                #expect(try await reader.turnCompleted().turn.id == turn)
                #expect(try await client.findMessage(clientID: "b", threadID: thread.id) == .accepted(turnID: turn))
                #expect(try await client.findMessage(clientID: "a", threadID: thread.id) == .accepted(turnID: turn))
                #expect(try await client.findMessage(clientID: "c", threadID: thread.id) == .absent)
                client.connection.close()
            }
        }

        @Test func `an interrupt ends the turn, and cleaning ends its command`() async throws {
            try await CodexFixture.with([
                .script(when: "wait", [.exec("echo $$ > pid; sleep 600; echo late > late")])
            ]) { fixture in
                let folder = try fixture.directory.folder("work")
                let client = try await fixture.connect()
                var reader = MessageReader(client.connection)
                let thread = try await client.startThread(Self.params(folder))
                let turn = try await client.startTurn(.init(threadID: thread.id, clientID: "a", text: "wait"))
                let command = try await reader.commandStarted()
                try await client.interrupt(threadID: thread.id, turnID: turn)
                #expect(try await reader.turnCompleted().turn.status == .interrupted)
                try await client.cleanTerminals(threadID: thread.id)
                let ended = try await reader.until {
                    if case .notification(.itemCompleted(let it)) = $0, it.item.id == command.item.id {
                        it
                    } else {
                        nil
                    }
                }
                guard case .commandExecution(let it) = ended.item else {
                    Issue.record("\(ended)")
                    return
                }
                #expect(it.status == "failed")
                client.connection.close()
            }
        }

        @Test func `a failed turn says why, by a kind that the hub knows`() async throws {
            try await CodexFixture.with([.fail(.usageLimit(resetsAt: 1_999_999_999))]) { fixture in
                let client = try await fixture.connect()
                var reader = MessageReader(client.connection)
                let thread = try await client.startThread(Self.params(try fixture.directory.folder("work")))
                _ = try await client.startTurn(.init(threadID: thread.id, clientID: "a", text: "do it"))
                let ended = try await reader.turnCompleted()
                #expect(ended.turn.status == .failed)
                #expect(TurnFailure(codexErrorInfo: ended.turn.error?.kind) == .usageLimit)
                let notices = reader.seen.compactMap {
                    if case .notification(.turnError(let it)) = $0, !it.willRetry { it.error.kind } else { nil }
                }
                #expect(notices == [ended.turn.error?.kind])
                client.connection.close()
            }
        }
    }
}
