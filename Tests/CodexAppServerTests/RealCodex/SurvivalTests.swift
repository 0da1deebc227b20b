import CodexAppServer
import Foundation
import Glibc
import ModelServer
import OrchCore
import OrchTestSupport
import Testing

extension RealCodexTests {
    /// What is left when the hub, the connection or the server dies.
    @Suite struct SurvivalTests {
        private func params(_ fixture: CodexFixture, name: String? = "w") throws -> ThreadStartParams {
            TurnTests.params(try fixture.directory.folder("work"), name: name)
        }

        @Test func `a server outlives the kill -9 of the process that launched it, and is found by its token`()
            async throws
        {
            let directory = try TemporaryDirectory("orch-codex")
            let launcher = try CodexFixture.makeLauncher(directory, port: 9, repository: nil)
            let text = String(decoding: try JSONEncoder().encode(Launch(launcher)), as: UTF8.self)
            await #expect(processExitsWith: .signal(SIGKILL)) { [text = text as String] in
                let launcher = try JSONDecoder().decode(Launch.self, from: Data(text.utf8)).launcher
                _ = try launcher.launch()
                kill(getpid(), SIGKILL)
            }
            // While a program is being loaded its environment reads as empty: found in a moment, if not at once.
            var found = ProcessIdentity.find(token: launcher.token)
            while found == nil {
                await Task.yield()
                found = ProcessIdentity.find(token: launcher.token)
            }
            let identity = try #require(found)
            try await launcher.untilListening(identity)
            let leftover = CodexFixture.socketFile(directory.file("s"))
            let client = CodexClient(
                try await AppServerConnection.connect(UnixWebSocketTransport(path: directory.file("s")))
            )
            #expect(try await client.loadedThreads().isEmpty)
            #expect(try await client.account().needsLogin == false)
            #expect(try await client.models().contains { $0.id == "gpt-5.5" })
            client.connection.close()
            #expect(await identity.terminate(token: launcher.token, grace: .seconds(20)) == .ended(signals: 1))
            #expect(ProcessIdentity.find(token: launcher.token) == nil)
            CodexFixture.remove(socketFile: leftover)
        }

        /// A launcher as text, for another process.
        private struct Launch: Codable {
            var codex: String
            var socket: String?
            var token: String
            var logPath: String
            var folder: String
            var environment: [String: String]

            init(_ launcher: AppServerLauncher) {
                codex = launcher.codex
                socket = launcher.socket
                token = launcher.token
                logPath = launcher.logPath
                folder = launcher.folder
                environment = launcher.environment
            }

            var launcher: AppServerLauncher {
                AppServerLauncher(
                    codex: codex,
                    socket: socket,
                    token: token,
                    logPath: logPath,
                    folder: folder,
                    environment: environment
                )
            }
        }

        @Test func `a turn goes on without a client, and the next one reads what it missed`() async throws {
            try await CodexFixture.with([
                .script(when: "wait", [.exec("while [ ! -e go ]; do :; done"), .message("done alone")])
            ]) { fixture in
                let first = try await fixture.connect()
                var reader = MessageReader(first.connection)
                let thread = try await first.startThread(try params(fixture))
                let turn = try await first.startTurn(.init(threadID: thread.id, clientID: "a", text: "wait"))
                let command = try await reader.commandStarted()
                first.connection.close()

                let second = try await fixture.connect()
                #expect(try await second.loadedThreads() == [thread.id])
                #expect(try await second.readThread(thread.id).status.isActive)
                _ = try await second.resumeThread(.init(threadID: thread.id))
                #expect(try await second.findMessage(clientID: "a", threadID: thread.id) == .accepted(turnID: turn))
                var next = MessageReader(second.connection)
                try fixture.directory.write("work/go", "")
                #expect(try await next.turnCompleted().turn.id == turn)
                let items = try await second.history(threadID: thread.id).items.map(\.item)
                #expect(items.count == 3)
                #expect(items.contains { $0.id == command.item.id })
                second.connection.close()
            }
        }

        @Test func `a tool call and an approval that wait are asked again, under the same id, and can be answered`()
            async throws
        {
            try await CodexFixture.with([
                .script(
                    when: "ask",
                    [
                        ModelResponse([.toolCall(name: "orch_spawn", arguments: ["name": "x"])]),
                        ModelResponse([.command(ShellCommand("touch asked", escalation: "please"))]), .message("done"),
                    ]
                )
            ]) { fixture in
                let first = try await fixture.connect()
                var reader = MessageReader(first.connection)
                let thread = try await first.startThread(try params(fixture))
                _ = try await first.startTurn(.init(threadID: thread.id, clientID: "a", text: "ask"))
                let call = try await reader.toolCall()
                first.connection.close()

                let second = try await fixture.connect()
                reader = MessageReader(second.connection)
                _ = try await second.resumeThread(.init(threadID: thread.id))
                #expect(try await reader.toolCall() == call)
                try second.connection.respond(call.id, ToolCallRequest.result(text: "no", isSuccess: false))
                let approval = try await reader.approval()
                #expect(approval.kind == .command)
                #expect(approval.command?.contains("touch asked") == true)
                #expect(approval.reason == "please")
                second.connection.close()

                let third = try await fixture.connect()
                reader = MessageReader(third.connection)
                _ = try await third.resumeThread(.init(threadID: thread.id))
                #expect(try await reader.approval() == approval)
                try third.connection.respond(approval.id, approval.result(.accept))
                let resolved = try await reader.until {
                    if case .notification(.requestResolved(let it)) = $0 { it } else { nil }
                }
                #expect(resolved.requestID == approval.id)
                #expect(try await reader.turnCompleted().turn.status == .completed)
                #expect(try fixture.directory.list("work").contains("asked"))
                third.connection.close()
            }
        }

        @Test func `I9: a declined approval does not run`() async throws {
            try await CodexFixture.with([
                .script(
                    when: "ask",
                    [ModelResponse([.command(ShellCommand("touch asked", escalation: "please"))]), .message("well")]
                )
            ]) { fixture in
                let client = try await fixture.connect()
                var reader = MessageReader(client.connection)
                let thread = try await client.startThread(try params(fixture))
                for (decision, status) in [(.decline, .completed), (.cancel, .interrupted)]
                    as [(ApprovalRequest.Decision, Turn.Status)]
                {
                    _ = try await client.startTurn(.init(threadID: thread.id, clientID: "\(decision)", text: "ask"))
                    let approval = try await reader.approval()
                    try client.connection.respond(approval.id, approval.result(decision))
                    #expect(try await reader.turnCompleted().turn.status == status)
                }
                #expect(try fixture.directory.list("work").isEmpty)
                client.connection.close()
            }
        }

        @Test func `after kill -9 of the server: the turn is interrupted, what completed is there under the same ids`()
            async throws
        {
            try await CodexFixture.with([
                .script(when: "wait", [.exec("echo first"), .exec("sleep 600")]),
                .script(when: "on", [.message("went on")]),
            ]) { fixture in
                let first = try await fixture.connect()
                var reader = MessageReader(first.connection)
                let thread = try await first.startThread(try params(fixture))
                let turn = try await first.startTurn(.init(threadID: thread.id, clientID: "a", text: "wait"))
                _ = try await reader.commandStarted()
                _ = try await reader.commandStarted()
                let before = reader.completed.map(\.item)
                await fixture.kill()
                _ = try await reader.closed()
                try await fixture.start()

                let second = try await fixture.connect()
                #expect(try await second.readThread(thread.id).status == .notLoaded)
                let history = try await second.history(threadID: thread.id)
                #expect(history.turns.map(\.status) == [.interrupted])
                #expect(history.items.map(\.item) == before)
                #expect(try await second.findMessage(clientID: "a", threadID: thread.id) == .accepted(turnID: turn))
                #expect(try await second.resumeThread(.init(threadID: thread.id)).status == .idle)
                reader = MessageReader(second.connection)
                _ = try await second.startTurn(.init(threadID: thread.id, clientID: "b", text: "go on"))
                #expect(try await reader.turnCompleted().turn.status == .completed)
                let tools = try #require(fixture.model.log.kept.last?.tools)
                #expect(tools.contains("orch_spawn"))
                // Settings of the home hold after a resume, too.
                #expect(!tools.contains { $0.contains("goal") || $0.contains("agent") || $0.contains("web_search") })
                second.connection.close()
            }
        }

        @Test func `a named thread that never ran can be resumed, hot and cold; an unnamed one can't, and says so`()
            async throws
        {
            try await CodexFixture.with { fixture in
                let first = try await fixture.connect()
                let named = try await first.startThread(try params(fixture, name: "w"))
                let unnamed = try await first.startThread(try params(fixture, name: nil))
                #expect(try await first.history(threadID: named.id).items.isEmpty)
                #expect(try await first.history(threadID: unnamed.id).turns.isEmpty)
                #expect(try await first.findMessage(clientID: "x", threadID: unnamed.id) == .absent)
                #expect(try await first.findMessage(clientID: "x", threadID: named.id) == .absent)
                try await fixture.killAndRestart()
                let second = try await fixture.connect()
                let back = try await second.resumeThread(.init(threadID: named.id))
                #expect(back.id == named.id)
                #expect(back.name == "w")
                await #expect {
                    try await second.resumeThread(.init(threadID: unnamed.id))
                } throws: {
                    ($0 as? AppServerError)?.isNoRollout == true
                }
                second.connection.close()
            }
        }

        @Test func `a second server in the same home is told that the thread has a writer`() async throws {
            try await CodexFixture.with([.script(when: "say", [.message("said")])]) { fixture in
                let client = try await fixture.connect()
                var reader = MessageReader(client.connection)
                let thread = try await client.startThread(try params(fixture))
                _ = try await client.startTurn(.init(threadID: thread.id, clientID: "a", text: "say"))
                _ = try await reader.turnCompleted()
                var launcher = fixture.launcher
                launcher.socket = nil
                let other = CodexClient(try await AppServerConnection.connect(StdioTransport(launcher)))
                await #expect {
                    try await other.resumeThread(.init(threadID: thread.id))
                } throws: {
                    ($0 as? AppServerError)?.isForeignWriter == true
                }
                other.connection.close()
                client.connection.close()
            }
        }

        @Test func `a second server on the same socket says so and ends`() async throws {
            try await CodexFixture.with { fixture in
                var launcher = fixture.launcher
                launcher.token = "second"
                launcher.logPath = fixture.directory.file("log2")
                let identity = try launcher.launch()
                #expect(await identity.isGone(within: .seconds(20)))
                #expect(AppServerLog.lastWords(launcher.logPath).contains("already"))
                #expect(fixture.identity?.isAlive == true)
            }
        }
    }
}
