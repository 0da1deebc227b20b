import CodexAppServer
import OrchCore
import Testing

@testable import Hub

/// Answers to codex's requests.
@Suite(.timeLimit(.minutes(1)))
struct RequestAnswererTests {
    private func answer(_ answer: Effect.Answer, asked: JSONValue? = nil) async throws -> (EffectResult, JSONValue?) {
        let transport = ScriptedTransport()
        let fixture = try await PerformerFixture(transport)
        if let asked, let live = fixture.context.link.live {
            transport.say(asked)
            for message in await live.client.connection.nextMessages() {
                if case .request(.approval(let request)) = message { fixture.context.link.remember(request) }
            }
        }
        let result = RequestAnswerer(fixture.context).perform(answer)
        fixture.close()
        return (result, transport.sent.last { $0["method"] == nil })
    }

    @Test func `a result goes to the request with its id`() async throws {
        let (result, sent) = try await answer(
            .init(server: 1, request: "7", result: "{\"decision\":\"accept\"}", message: nil, approval: 1)
        )
        #expect(result == .done(.nothing))
        #expect(sent == ["id": 7, "result": ["decision": "accept"]])
    }

    @Test func `a refusal is an error with its words`() async throws {
        let (_, sent) = try await answer(.init(server: 1, request: "\"a\"", result: nil, message: "no", approval: nil))
        #expect(sent?["id"] == "a")
        #expect(sent?["error"]?["message"] == "no")
    }

    @Test func `I9: an answer for an earlier server's request goes to nobody`() async throws {
        let (result, sent) = try await answer(
            .init(server: 2, request: "7", result: "{\"decision\":\"accept\"}", message: nil, approval: 1)
        )
        #expect(sent == nil)
        guard case .failed(.serverGone, _) = result else {
            Issue.record("\(result)")
            return
        }
    }

    @Test func `a request for permissions gets its answer in its own form`() async throws {
        let asked: JSONValue = [
            "id": 3, "method": "item/permissions/requestApproval",
            "params": ["threadId": "t", "turnId": "u", "itemId": "i", "permissions": ["network": true]],
        ]
        let accept = Effect.Answer(
            server: 1,
            request: "3",
            result: "{\"decision\":\"accept\"}",
            message: nil,
            approval: 1
        )
        #expect(
            try await answer(accept, asked: asked).1?["result"] == ["permissions": ["network": true], "scope": "turn"]
        )
        let decline = Effect.Answer(
            server: 1,
            request: "3",
            result: "{\"decision\":\"decline\"}",
            message: nil,
            approval: 1
        )
        #expect(try await answer(decline, asked: asked).1?["result"] == ["permissions": [:], "scope": "turn"])
    }
}
