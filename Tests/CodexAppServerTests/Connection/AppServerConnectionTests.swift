import CodexAppServer
import Logging
import NIOWebSocket
import OrchCore
import OrchTestSupport
import Testing

/// What a real codex can't be made to do, done by a fake one.
@Suite(.timeLimit(.minutes(1)))
struct AppServerConnectionTests {
    private func withConnection(
        options: ConnectionOptions = .init(),
        limits: TransportLimits = .init(),
        _ body: (FakeAppServer, AppServerConnection) async throws -> Void
    ) async throws {
        let directory = try TemporaryDirectory()
        try await FakeAppServer.with(at: directory.file("s")) { server in
            async let shaken: Void = server.shakeHands()
            let connection = try await AppServerConnection.connect(
                UnixWebSocketTransport(path: server.path, limits: limits),
                options: options,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            try await shaken
            try await body(server, connection)
            connection.close()
        }
    }

    private func failure<T: Sendable>(_ work: () async throws -> T) async -> AppServerError? {
        do {
            _ = try await work()
            return nil
        } catch {
            return error as? AppServerError
        }
    }

    // MARK: the handshake

    @Test func `it introduces itself, asks for the experimental API, and declines what it does not need`() async throws
    {
        let directory = try TemporaryDirectory()
        try await FakeAppServer.with(at: directory.file("s")) { server in
            async let connecting = AppServerConnection.connect(UnixWebSocketTransport(path: server.path))
            let asked = try await server.next()
            #expect(asked["method"] == "initialize")
            #expect(asked["params"]?["clientInfo"]?["name"] == "orch")
            #expect(asked["params"]?["capabilities"]?["experimentalApi"] == true)
            let declined = asked["params"]?["capabilities"]?["optOutNotificationMethods"]?.arrayValue ?? []
            #expect(declined.contains("item/agentMessage/delta"))
            #expect(!declined.contains("item/completed"))
            try await server.send(["id": asked["id"] ?? .null, "result": ["userAgent": "orch/9.8.7 (fake) more"]])
            #expect(try await server.next() == ["method": "initialized"])
            let connection = try await connecting
            #expect(connection.server.version == "9.8.7")
            connection.close()
        }
    }

    @Test func `a server that does not answer the handshake is given up in time`() async throws {
        let directory = try TemporaryDirectory()
        try await FakeAppServer.with(at: directory.file("s")) { server in
            let error = await failure {
                try await AppServerConnection.connect(
                    UnixWebSocketTransport(path: server.path),
                    options: .init(handshakeLimit: .milliseconds(20))
                )
            }
            #expect(error?.code == .timeout)
            #expect(error?.method == "initialize")
        }
    }

    @Test func `what listens there but speaks no WebSocket is no app-server`() async throws {
        let directory = try TemporaryDirectory()
        try await FakeAppServer.with(at: directory.file("s"), welcome: .refusal) { server in
            let error = await failure {
                try await AppServerConnection.connect(UnixWebSocketTransport(path: server.path))
            }
            #expect(error?.code == .handshake)
        }
    }

    @Test func `what listens there but says nothing is given up in time`() async throws {
        let directory = try TemporaryDirectory()
        try await FakeAppServer.with(at: directory.file("s"), welcome: .silence) { server in
            let error = await failure {
                try await AppServerConnection.connect(UnixWebSocketTransport(path: server.path, connectLimitMs: 20))
            }
            #expect(error?.code == .disconnected)
        }
    }

    @Test func `nothing listening is an error at once`() async throws {
        let directory = try TemporaryDirectory()
        let error = await failure {
            try await AppServerConnection.connect(UnixWebSocketTransport(path: directory.file("none")))
        }
        #expect(error?.code == .disconnected)
    }

    // MARK: requests

    @Test func `answers find their requests in any order, and ids grow`() async throws {
        try await withConnection { server, connection in
            async let one = connection.request("one")
            let first = try await server.next("one")
            async let two = connection.request("two")
            let second = try await server.next("two")
            #expect((second.intValue ?? 0) > (first.intValue ?? 0))
            try await server.send(["id": second, "result": 2])
            try await server.send(["id": first, "result": 1])
            #expect(try await one == 1)
            #expect(try await two == 2)
        }
    }

    @Test func `a request that is not answered times out, and its late answer is ignored`() async throws {
        try await withConnection { server, connection in
            let error = await failure { try await connection.request("slow", timeout: .milliseconds(20)) }
            #expect(error?.code == .timeout)
            #expect(error?.method == "slow")
            #expect(error?.isOutcomeUnknown == true)
            try await server.send(["id": try await server.next("slow"), "result": "late"])
            try await server.send(["id": 12_345, "result": "unasked"])
            async let answer = connection.request("next")
            try await server.send(["id": try await server.next("next"), "result": "in time"])
            #expect(try await answer == "in time")
            #expect(connection.faultCount == 0)
        }
    }

    @Test func `all requests that wait end when the connection does, and new ones fail at once`() async throws {
        try await withConnection { server, connection in
            async let one = failure { try await connection.request("one") }
            async let two = failure { try await connection.request("two") }
            _ = try await server.next()
            _ = try await server.next()
            try await server.hangUp()
            #expect(await one?.code == .disconnected)
            #expect(await two?.code == .disconnected)
            #expect(await failure { try await connection.request("three") }?.code == .disconnected)
            var reader = MessageReader(connection)
            #expect(!(try await reader.closed().isEmpty))
            await #expect(throws: MessageReader.Ended.self) { try await reader.next() }
        }
    }

    @Test func `a connection that is cut within a message ends as any other`() async throws {
        try await withConnection { server, connection in
            async let asked = failure { try await connection.request("one") }
            _ = try await server.next()
            try await server.sendHalfAFrame()
            #expect(await asked?.code == .disconnected)
            var reader = MessageReader(connection)
            _ = try await reader.closed()
        }
    }

    @Test func `whoever gives up a request gets his thread back`() async throws {
        try await withConnection { server, connection in
            let task = Task { await failure { try await connection.request("one", timeout: .seconds(600)) } }
            _ = try await server.next("one")
            task.cancel()
            #expect(await task.value?.code == .cancelled)
        }
    }

    @Test(
        arguments: [
            (["code": -32600, "message": "thread not found: x"], AppServerError.Code.server, false),
            (["code": -32001, "message": "Server overloaded; retry later."], .overloaded, true),
            (["code": -32600, "message": "m", "data": ["reason": "serverShuttingDown"]], .draining, true),
            ([:], .server, false),
        ] as [(JSONValue, AppServerError.Code, Bool)]
    )
    func `a refusal says what follows from it`(said: JSONValue, code: AppServerError.Code, isRetryable: Bool)
        async throws
    {
        try await withConnection { server, connection in
            async let refused = failure { try await connection.request("x") }
            try await server.send(["id": try await server.next("x"), "error": said])
            let error = await refused
            #expect(error?.code == code)
            #expect(error?.isRetryable == isRetryable)
            #expect(error?.isOutcomeUnknown == false)
        }
    }

    // MARK: what can't be understood

    @Test func `what is no message is a fault that is counted, and the connection lives`() async throws {
        try await withConnection { server, connection in
            let bad: [String] = [
                "{", "nonsense", "[1,2]", "{}", "{\"id\":1.5,\"method\":\"x\"}", "{\"id\":99}", "\u{0}",
                "{\"method\":\"turn/completed\",\"params\":{}}", String(repeating: "[", count: 1_000),
            ]
            for text in bad { try await server.send(text: text) }
            try await server.send(frame: .text, isFinal: true, [0x22, 0xFF, 0xFE, 0x22])
            try await server.send(frame: .binary, isFinal: true, [1])
            var reader = MessageReader(connection)
            for _ in 0..<(bad.count + 2) {
                guard case .protocolFault = try await reader.next() else {
                    Issue.record("\(reader.seen)")
                    return
                }
            }
            #expect(connection.faultCount == bad.count + 2)
            async let answer = connection.request("alive")
            try await server.send(["id": try await server.next("alive"), "result": true])
            #expect(try await answer == true)
        }
    }

    @Test func `an oversized message is a fault, an oversized answer ends its request, and the connection lives`()
        async throws
    {
        try await withConnection(limits: .init(messageBytes: 10_000)) { server, connection in
            let big = JSONValue.string(String(repeating: "x", count: 20_000))
            try await server.send(["method": "big", "params": big])
            async let refused = failure { try await connection.request("big") }
            let id = try #require(try await server.next("big").intValue)
            try await server.send(text: "{\"id\":\(id),\"result\":\(big.canonicalText)}")
            #expect(await refused?.code == .tooLarge)
            async let answer = connection.request("alive")
            try await server.send(["id": try await server.next("alive"), "result": true])
            #expect(try await answer == true)
            #expect(connection.faultCount == 2)
        }
    }

    @Test func `a server that says nothing that can be understood is left`() async throws {
        try await withConnection(options: .init(faults: 5)) { server, connection in
            for _ in 0..<5 { try await server.send(text: "nonsense") }
            var reader = MessageReader(connection)
            #expect(try await reader.closed().contains("could not be understood"))
            #expect(reader.seen.count == 6)
        }
    }

    @Test func `fragmented messages are put together, and pings are answered`() async throws {
        try await withConnection { server, connection in
            let text = Array("{\"method\":\"thread/closed\",\"params\":{\"threadId\":\"ö\"}}".utf8)
            try await server.send(frame: .text, isFinal: false, Array(text[..<50]))
            try await server.send(frame: .ping, isFinal: true, Array("hello".utf8))
            try await server.send(frame: .continuation, isFinal: true, Array(text[50...]))
            var reader = MessageReader(connection)
            guard case .notification(.threadClosed(let closed)) = try await reader.next() else {
                Issue.record("\(reader.seen)")
                return
            }
            #expect(closed.threadID == "ö")
            #expect(try await server.next() == ["pong": "hello"])
        }
    }

    // MARK: what comes unasked

    @Test func `the server's requests are answered under their id, whatever its type`() async throws {
        try await withConnection { server, connection in
            for id in [7, "seven"] as [JSONValue] {
                try await server.send(["id": id, "method": "who/knows", "params": ["a": 1]])
            }
            var reader = MessageReader(connection)
            for id in [7, "seven"] as [JSONValue] {
                guard case .request(.unknown(let request)) = try await reader.next() else {
                    Issue.record("\(reader.seen)")
                    return
                }
                #expect(request.id.json == id)
                #expect(RequestID(text: request.id.text) == request.id)
                try connection.respond(request.id, ["ok": true])
                #expect(try await server.next() == ["id": id, "result": ["ok": true]])
                try connection.reject(request.id, message: "no")
                #expect(try await server.next() == ["id": id, "error": ["code": -32601, "message": "no"]])
            }
        }
    }

    @Test func `unknown notifications and fields are left out`() async throws {
        try await withConnection { server, connection in
            try await server.send(["method": "brand/new", "params": ["x": 1]])
            try await server.send([
                "method": "thread/closed", "params": ["threadId": "t", "new": [1]], "emittedAtMs": 5,
            ])
            var reader = MessageReader(connection)
            guard case .notification(.threadClosed) = try await reader.next() else {
                Issue.record("\(reader.seen)")
                return
            }
            #expect(connection.faultCount == 0)
        }
    }

    @Test func `I7: what a server does not read is refused, not piled up`() async throws {
        try await withConnection(limits: .init(outgoingBytes: 65_536)) { server, connection in
            try await server.stopReading()
            let text = JSONValue.string(String(repeating: "x", count: 10_000))
            var refused: AppServerError?
            var sent = 0
            while refused == nil, sent < 10_000 {
                do throws(AppServerError) {
                    try connection.respond(.number(0), text)
                    sent += 1
                } catch { refused = error }
            }
            #expect(refused?.code == .overloaded)
            #expect(refused?.isRetryable == true)
        }
    }

    @Test func `I7: a slow consumer stops the reading, so that little waits; all comes, in order`() async throws {
        let options = ConnectionOptions(waitingMessages: 100, waitingBytes: 1 << 20)
        try await withConnection(options: options) { server, connection in
            let count = 5_000
            let padding = JSONValue.string(String(repeating: "x", count: 2_000))
            for number in 0..<count {
                try await server.queue([
                    "method": "thread/closed", "params": ["threadId": .string("\(number)"), "padding": padding],
                ])
            }
            var expected = 0
            while expected < count {
                let batch = await connection.nextMessages()
                // The limit, and what one turn of reading the socket brings.
                #expect(batch.count <= 100 + 400)
                #expect(!batch.isEmpty)
                for message in batch {
                    guard case .notification(.threadClosed(let closed)) = message else {
                        Issue.record("\(message)")
                        return
                    }
                    if closed.threadID != "\(expected)" { Issue.record("\(closed.threadID) instead of \(expected)") }
                    expected += 1
                }
            }
        }
    }
}
