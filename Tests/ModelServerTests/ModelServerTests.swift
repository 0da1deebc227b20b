import Logging
import OrchCore
import ServiceLifecycle
import Testing
import Zstd

@testable import ModelServer

@Suite(.timeLimit(.minutes(2)))
struct ModelServerTests {
    private static let hello = ScriptedScenario([.script(when: "hello", [.message("Hello you")])])

    @Test func `a request over HTTP gets the stream that the scenario says`() async throws {
        try await withServer(Self.hello) { server, port in
            let body = requestBody("hello")
            let exchange = try await HTTPExchange.post(
                port,
                Array(body.canonicalText.utf8),
                headers: ["thread-id": "t1"]
            )
            let request = try ModelRequest(body: body, thread: "t1", turnMetadata: nil) { _ in 0 }
            #expect(exchange.status == 200)
            #expect(exchange.head.contains("content-type: text/event-stream"))
            #expect(exchange.isWhole)
            let expected = ResponseStream(.message("Hello you"), to: request, pace: .instant).events.map(\.text)
                .joined()
            #expect(exchange.body == expected)
            #expect(server.log.requests == 1)
            #expect(server.log.requestsPerThread == ["t1": 1])
            #expect(server.log.kept == [request])
        }
    }

    @Test func `a body compressed with zstd is read`() async throws {
        try await withServer(Self.hello) { server, port in
            let bytes = try Zstd.compress(Array(requestBody("hello").canonicalText.utf8))
            let exchange = try await HTTPExchange.post(
                port,
                bytes,
                headers: ["content-encoding": "zstd", "thread-id": "z"]
            )
            #expect(exchange.status == 200)
            #expect(exchange.body.contains("Hello"))
            #expect(server.log.requests(thread: "z") == 1)
        }
    }

    @Test func `what is no request is refused with a reason`() async throws {
        try await withServer(Self.hello) { server, port in
            let damaged = try await HTTPExchange.post(port, [1, 2, 3], headers: ["content-encoding": "zstd"])
            #expect((damaged.status, damaged.body.contains("cannot be read")) == (400, true))
            let unknown = try await HTTPExchange.post(port, [1], headers: ["content-encoding": "br"])
            #expect(
                unknown.body
                    == #"{"error":{"message":"the content encoding br is not known here: send zstd or none","type":"invalid_request_error"}}"#
            )
            let noJSON = try await HTTPExchange.post(port, Array("{".utf8))
            #expect((noJSON.status, noJSON.body.contains("no JSON")) == (400, true))
            let noInput = try await HTTPExchange.post(port, Array("{}".utf8))
            #expect(noInput.body.contains("no array `input`"))
            #expect(try await HTTPExchange.post(port, [], path: "/v1/chat/completions").status == 404)
            #expect(try await HTTPExchange.get(port, "/v1/models").body == #"{"data":[],"models":[],"object":"list"}"#)
            #expect(try await HTTPExchange.get(port, "/healthz").status == 200)
            #expect(server.log.requests == 0)
        }
    }

    @Test func `faults come over the wire as Codex meets them`() async throws {
        let scenario = ScriptedScenario([
            .fail(.serverError, when: "500", ordinals: 0..<2), .fail(.usageLimit(resetsAt: 1_800_000_000), when: "429"),
            .fail(.rateLimited(retryAfterSeconds: 3), when: "slow"), .fail(.overloaded, when: "503"),
            .fail(.unauthorised, when: "401"),
            .fail(.badRequest, when: "400"), .fail(.cut, when: "cut"), .fail(.contextLength, when: "long"),
        ])
        try await withServer(scenario) { _, port in
            let ask = { (text: String) in
                try await HTTPExchange.post(
                    port,
                    Array(requestBody(text).canonicalText.utf8),
                    headers: ["thread-id": text]
                )
            }
            #expect(try await ask("500").status == 500)
            #expect(try await ask("500").status == 500)
            #expect(try await ask("500").status == 200)
            let limit = try await ask("429")
            #expect(limit.status == 429)
            #expect(limit.head.contains("x-codex-primary-reset-at: 1800000000"))
            #expect(limit.head.contains("x-codex-primary-used-percent: 100"))
            #expect(
                limit.body
                    == #"{"error":{"message":"The usage limit has been reached","plan_type":"plus","resets_at":1800000000,"type":"usage_limit_reached"}}"#
            )
            let slow = try await ask("slow")
            #expect((slow.status, slow.head.contains("retry-after: 3")) == (429, true))
            let overloaded = try await ask("503")
            #expect((overloaded.status, overloaded.body.contains("server_is_overloaded")) == (503, true))
            #expect(try await ask("401").status == 401)
            #expect(try await ask("400").status == 400)
            let cut = try await ask("cut")
            #expect((cut.status, cut.isWhole, cut.body.contains("output_text.delta")) == (200, false, true))
            #expect(!cut.body.contains("output_item.done"))
            #expect(try await ask("long").body.contains("context_length_exceeded"))
        }
    }

    @Test func `a silent stream ends when the client leaves, and does not hold up the server's end`() async throws {
        let scenario = ScriptedScenario([.fail(.silence(limit: .seconds(3600)))])
        let server = ModelServer(scenario: scenario)
        let group = ServiceGroup(configuration: .init(services: [.init(service: server)], logger: .init(label: "test")))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let port = try await server.listeningPort
            try await HTTPExchange.leave(port, after: "output_text.delta", requestBody("left"), thread: "left")
            tasks.addTask {
                // Stays connected until the server ends: then the stream is cut.
                let exchange = try await HTTPExchange.post(port, Array(requestBody("stays").canonicalText.utf8))
                #expect(!exchange.isWhole)
            }
            try await server.log.waitForRequests(2)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test func `twenty requests at once each get their own answer`() async throws {
        let scenario = ScriptedScenario([.when("n=") { .message("answer to \($0.lastUserText)") }])
        let pace = Pace(thinking: .milliseconds(2), delta: .milliseconds(1), deltaLength: 4)
        try await withServer(scenario, pace: pace) { server, port in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        let bytes = Array(requestBody("n=\(number)").canonicalText.utf8)
                        let exchange = try await HTTPExchange.post(port, bytes, headers: ["thread-id": "t\(number)"])
                        #expect(exchange.body.contains(#""text":"answer to n=\#(number)""#))
                        #expect(exchange.isWhole)
                    }
                }
                try await group.waitForAll()
            }
            #expect(server.log.requests == 20)
            #expect(server.log.requestsPerThread.values.allSatisfy { $0 == 1 })
        }
    }

    @Test func `a port that is taken is an error for all who wait`() async throws {
        try await withServer(Self.hello) { _, port in
            let second = ModelServer(scenario: Self.hello, port: port)
            await #expect(throws: (any Error).self) { try await second.run() }
            await #expect(throws: ModelServerError.self) { try await second.listeningPort }
        }
    }

    @Test func `a script gives one response after each output, and its last one from then on`() {
        let rule = ScriptedScenario.Rule.script(when: "go", [.exec("a"), .exec("b"), .message("c")])
        let scenario = ScriptedScenario([rule])
        var history: [HistoryItem] = [.user("go")]
        var answers: [ModelResponse] = []
        for number in 0..<4 {
            answers.append(scenario.respond(to: ModelRequest(thread: "t", history: history)))
            history.append(.output(ToolOutput(call: "c\(number)", text: "ok")))
        }
        #expect(answers == [.exec("a"), .exec("b"), .message("c"), .message("c")])
        #expect(
            scenario.respond(to: ModelRequest(thread: "t", history: [.user("other")]))
                == .message("Done.\n\nStatus: done")
        )
    }
}
