import CodexAppServer
import ModelServer
import OrchTestSupport
import Testing

extension RealCodexTests {
    /// The texts that `AppServerError+Meaning.swift` reads are those of the installed codex.
    @Suite struct RefusalTests {
        private func refused(_ work: () async throws(AppServerError) -> Void) async -> AppServerError? {
            do throws(AppServerError) { try await work() } catch { return error }
            return nil
        }

        @Test func `each refusal that the hub acts on is recognised`() async throws {
            try await CodexFixture.with([.script(when: "wait", [.exec("sleep 600")])]) { fixture in
                let client = try await fixture.connect()
                let none = "01a20d17-7f5c-73c1-802d-000000000000"
                #expect(
                    await refused { () throws(AppServerError) in
                        _ = try await client.startTurn(.init(threadID: none, clientID: "a", text: "x"))
                    }?.isThreadUnknown == true
                )
                #expect(
                    await refused { () throws(AppServerError) in
                        _ = try await client.resumeThread(.init(threadID: none))
                    }?.isNoRollout == true
                )
                #expect(
                    await refused { () throws(AppServerError) in _ = try await client.readThread(none) }?
                        .isThreadUnknown == true
                )
                let folder = try fixture.directory.folder("work")
                let thread = try await client.startThread(TurnTests.params(folder))
                #expect(
                    await refused { () throws(AppServerError) in
                        _ = try await client.steer(.init(threadID: thread.id, turnID: none, clientID: "a", text: "x"))
                    }?.isNoActiveTurn == true
                )
                #expect(
                    await refused { () throws(AppServerError) in
                        try await client.interrupt(threadID: thread.id, turnID: none)
                    }?.isNoActiveTurn == true
                )
                let long = String(repeating: "x", count: 1_048_577)
                #expect(
                    await refused { () throws(AppServerError) in
                        _ = try await client.startTurn(.init(threadID: thread.id, clientID: "a", text: long))
                    }?.isInputTooLarge == true
                )
                var reader = MessageReader(client.connection)
                _ = try await client.startTurn(.init(threadID: thread.id, clientID: "b", text: "wait"))
                _ = try await reader.commandStarted()
                #expect(
                    await refused { () throws(AppServerError) in
                        _ = try await client.steer(.init(threadID: thread.id, turnID: none, clientID: "c", text: "x"))
                    }?.isNoActiveTurn == true
                )
                client.connection.close()
            }
        }

        @Test func `a server that drains takes nothing new`() async throws {
            try await CodexFixture.with([.script(when: "wait", [.exec("sleep 600")])]) { fixture in
                let client = try await fixture.connect()
                var reader = MessageReader(client.connection)
                let folder = try fixture.directory.folder("work")
                let thread = try await client.startThread(TurnTests.params(folder))
                _ = try await client.startTurn(.init(threadID: thread.id, clientID: "b", text: "wait"))
                _ = try await reader.commandStarted()
                let identity = try #require(fixture.identity)
                async let ending = identity.terminate(grace: .seconds(2))
                var code: AppServerError.Code?
                // The signal is on its way: until it arrives, the server still says yes.
                while code == nil {
                    code = await refused { () throws(AppServerError) in
                        _ = try await client.startThread(TurnTests.params(folder))
                    }?.code
                }
                #expect(code == .draining || code == .disconnected)
                // The turn would go on: the second signal ends it.
                #expect(await ending == .ended(signals: 2))
            }
        }
    }
}
