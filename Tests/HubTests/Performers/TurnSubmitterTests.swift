import CodexAppServer
import OrchCore
import Testing

@testable import Hub

/// Handing messages to codex: never twice.
@Suite(.timeLimit(.minutes(1)))
struct TurnSubmitterTests {
    private func submit(steers: String? = nil, attempts: Int, _ transport: ScriptedTransport) async throws
        -> EffectResult
    {
        let fixture = try await PerformerFixture(transport)
        let setup = Effect.ThreadSetup(
            role: "orchestrator",
            cwd: fixture.repository.root,
            worktree: nil,
            dangerous: false,
            model: nil,
            instructions: "",
            hasTools: false
        )
        let result = await TurnSubmitter(fixture.context).perform(
            .init(turn: "turn-1", conversation: 1, threadID: "t", thread: setup, text: "Do it.", steers: steers),
            attempts: attempts
        )
        fixture.close()
        return result
    }

    private static func message(_ client: String, turn: String) -> JSONValue {
        [
            "turnId": .string(turn),
            "item": ["type": "userMessage", "id": "m", "clientId": .string(client), "content": []],
        ]
    }

    private static let idle: JSONValue = ["thread": ["id": "t", "status": ["type": "idle"]]]

    @Test func `a first try starts a turn`() async throws {
        let transport = ScriptedTransport { method, params in
            switch method {
            case "thread/read": .result(Self.idle)
            case "turn/start": .result(["turn": ["id": "u"]])
            default: .error("unexpected \(method)")
            }
        }
        #expect(try await submit(attempts: 1, transport) == .done(.accepted(codexTurn: "u", found: false)))
        #expect(transport.methods == ["thread/read", "turn/start"])
        let start = try #require(transport.sent.last)
        #expect(start["params"]?["clientUserMessageId"] == "turn-1")
        #expect(start["params"]?["sandboxPolicy"] != nil)
    }

    @Test func `I4: a message whose answer was lost is found, and not sent again`() async throws {
        let transport = ScriptedTransport { method, _ in
            switch method {
            case "thread/turns/list": .result(["data": [["id": "u", "status": "completed"]]])
            case "thread/items/list": .result(["data": [Self.message("turn-1", turn: "u")]])
            default: .error("unexpected \(method)")
            }
        }
        #expect(try await submit(attempts: 2, transport) == .done(.accepted(codexTurn: "u", found: true)))
        #expect(!transport.methods.contains("turn/start"))
    }

    @Test func `I3: a message that never arrived is sent`() async throws {
        let transport = ScriptedTransport { method, _ in
            switch method {
            case "thread/turns/list": .result(["data": [["id": "x", "status": "completed"]]])
            case "thread/items/list": .result(["data": [Self.message("other", turn: "x")]])
            case "thread/read": .result(Self.idle)
            case "turn/start": .result(["turn": ["id": "u"]])
            default: .error("unexpected \(method)")
            }
        }
        #expect(try await submit(attempts: 2, transport) == .done(.accepted(codexTurn: "u", found: false)))
    }

    @Test func `I4: a steer that may still be on its way is not sent again while its turn runs`() async throws {
        let transport = ScriptedTransport { method, _ in
            switch method {
            case "thread/turns/list": .result(["data": [["id": "x", "status": "inProgress"]]])
            case "thread/items/list": .result(["data": [Self.message("other", turn: "x")]])
            default: .error("unexpected \(method)")
            }
        }
        guard case .retry = try await submit(steers: "x", attempts: 2, transport) else {
            Issue.record("it was not put off")
            return
        }
        #expect(!transport.methods.contains("turn/steer"))
    }

    @Test func `a steer of a turn that has ended is told as that`() async throws {
        let transport = ScriptedTransport { method, _ in
            method == "turn/steer" ? .error("no active turn to steer") : .error("unexpected \(method)")
        }
        guard case .failed(.notActive, _) = try await submit(steers: "x", attempts: 1, transport) else {
            Issue.record("not told")
            return
        }
    }

    @Test func `no turn is started while one runs that is not the hub's`() async throws {
        let transport = ScriptedTransport { method, _ in
            method == "thread/read"
                ? .result(["thread": ["id": "t", "status": ["type": "active", "activeFlags": []]]])
                : .error("unexpected \(method)")
        }
        guard case .retry = try await submit(attempts: 1, transport) else {
            Issue.record("it was not put off")
            return
        }
        #expect(!transport.methods.contains("turn/start"))
    }

    @Test func `a thread that codex put out of memory is brought back first`() async throws {
        let isResumed = Recorder<Bool>()
        let transport = ScriptedTransport { method, _ in
            switch method {
            case "thread/read": return .result(["thread": ["id": "t", "status": ["type": "notLoaded"]]])
            case "thread/resume":
                isResumed.add(true)
                return .result(Self.idle)
            case "turn/start":
                return isResumed.all.isEmpty ? .error("thread not found: t") : .result(["turn": ["id": "u"]])
            default: return .error("unexpected \(method)")
            }
        }
        #expect(try await submit(attempts: 1, transport) == .done(.accepted(codexTurn: "u", found: false)))
    }

    @Test func `a lost thread is a typed failure`() async throws {
        let transport = ScriptedTransport { method, _ in
            switch method {
            case "thread/read", "turn/start": .error("thread not found: t")
            case "thread/resume": .error("no rollout found for thread id t")
            default: .error("unexpected \(method)")
            }
        }
        guard case .failed(.noRollout, _) = try await submit(attempts: 1, transport) else {
            Issue.record("not typed")
            return
        }
    }
}
