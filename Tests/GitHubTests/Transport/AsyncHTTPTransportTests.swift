import Foundation
import OrchCore
import Testing

@testable import GitHub

/// The real transport against a server that does what servers do when they fail.
struct AsyncHTTPTransportTests {
    private static let fast = TransportLimits(connect: .seconds(5), request: .seconds(10), bodyBytes: 1 << 20)
    private static let impatient = TransportLimits(
        connect: .seconds(5),
        request: .milliseconds(300),
        bodyBytes: 1 << 20
    )

    /// Runs a body with a transport and a server, and ends both.
    private func with(
        _ limits: TransportLimits = fast,
        server script: @escaping @Sendable (RawConnection, Int) -> Void,
        _ body: (AsyncHTTPTransport, RawServer) async throws -> Void
    ) async throws {
        let server = try RawServer(script)
        let transport = AsyncHTTPTransport(limits: limits)
        let result: Result<Void, any Error>
        do {
            try await body(transport, server)
            result = .success(())
        } catch {
            result = .failure(error)
        }
        server.stop()
        try await transport.shutdown()
        try result.get()
    }

    private func error(_ transport: AsyncHTTPTransport, _ request: HTTPRequest) async -> TransportError? {
        do throws(TransportError) {
            _ = try await transport.send(request)
            return nil
        } catch {
            return error
        }
    }

    private func expectOK(_ transport: AsyncHTTPTransport, _ request: HTTPRequest) async throws {
        let response = try await transport.send(request)
        #expect(response.status == 200)
    }

    private func get(_ server: RawServer, _ path: String = "/") -> HTTPRequest { HTTPRequest(.get, server.url + path) }

    private func post(_ server: RawServer) -> HTTPRequest {
        HTTPRequest(
            .post,
            server.url + "/c",
            headers: [.init("content-type", "application/json")],
            body: Array("{\"a\":1}".utf8)
        )
    }

    @Test func `reads share a connection, each write has its own`() async throws {
        try await with(server: { connection, _ in
            while connection.request() != nil { connection.answer("{}") }
        }) { transport, server in
            for _ in 0..<3 { try await expectOK(transport, get(server)) }
            #expect(server.connections == 1)
            for _ in 0..<3 { try await expectOK(transport, post(server)) }
            try await expectOK(transport, get(server))
            #expect(server.connections == 4)
            #expect(
                server.requests == [
                    "0 GET /", "0 GET /", "0 GET /", "1 POST /c {\"a\":1}", "2 POST /c {\"a\":1}",
                    "3 POST /c {\"a\":1}", "0 GET /",
                ]
            )
        }
    }

    @Test func `a write says that its connection ends, and is given whole with its length`() async throws {
        try await with(server: { connection, _ in
            let request = connection.request() ?? ""
            connection.answer(JSONValue.string(request.lowercased()).canonicalText)
        }) { transport, server in
            let response = try await transport.send(post(server))
            let text = try JSONValue(parsing: response.body).stringValue ?? ""
            #expect(text.contains("connection: close"))
            #expect(text.contains("content-length: 7"))
            #expect(!text.contains("transfer-encoding"))
            #expect(response.header("content-type") == "application/json")
        }
    }

    @Test func `nobody listening: surely not sent`() async throws {
        let server = try RawServer { _, _ in }
        server.stop()
        let transport = AsyncHTTPTransport(limits: Self.fast)
        for request in [get(server), post(server), HTTPRequest(.delete, server.url)] {
            let error = await error(transport, request)
            #expect(error?.fate == .notSent)
            #expect(error?.reason == .noConnection)
            #expect(error?.message.contains("\(server.port)") == true)
        }
        try await transport.shutdown()
    }

    @Test func `a host that does not exist: surely not sent`() async throws {
        let transport = AsyncHTTPTransport(limits: Self.fast)
        let error = await error(transport, HTTPRequest(.post, "http://no-such-host.invalid/", body: [1]))
        #expect(error?.fate == .notSent)
        try await transport.shutdown()
    }

    @Test func `no TLS on the other side: surely not sent`() async throws {
        try await with(server: { connection, _ in connection.write("HTTP/1.1 400 Bad Request\r\n\r\n") }) {
            transport,
            server in
            let url = "https://127.0.0.1:\(server.port)/"
            let error = await error(transport, HTTPRequest(.post, url, body: [1, 2, 3]))
            #expect(error?.fate == .notSent)
        }
    }

    @Test func `reset after the request was read: unknown, and sent once`() async throws {
        try await with(server: { connection, _ in
            connection.request()
            connection.reset()
        }) { transport, server in
            let error = await error(transport, post(server))
            #expect(error?.fate == .unknown)
            #expect(error?.reason == .connectionLost)
            #expect(server.connections == 1)
            #expect(server.requests == ["0 POST /c {\"a\":1}"])
        }
    }

    @Test func `closed after the request was read: unknown, and sent once`() async throws {
        try await with(server: { connection, _ in connection.request() }) { transport, server in
            let error = await error(transport, post(server))
            #expect(error?.fate == .unknown)
            #expect(error?.reason == .connectionLost)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `reset at once: a failure, and not sent twice`() async throws {
        try await with(server: { connection, _ in connection.reset() }) { transport, server in
            #expect(await error(transport, post(server)) != nil)
            #expect(server.connections == 1)
            #expect(server.requests == [])
        }
    }

    @Test func `a kept connection that the server closed meanwhile: a read fails or takes a new one, never both`()
        async throws
    {
        try await with(server: { connection, _ in
            connection.request()
            connection.answer("{}")
        }) { transport, server in
            try await expectOK(transport, get(server, "/1"))
            let second = await error(transport, get(server, "/2"))
            #expect(second == nil || second?.reason == .connectionLost)
            #expect(server.requests.count { $0.hasSuffix("/2") } <= 1)
            // A write never sees that connection.
            try await expectOK(transport, post(server))
            #expect(server.requests.count { $0.contains("POST") } == 1)
        }
    }

    @Test func `no answer in time: unknown`() async throws {
        try await with(
            Self.impatient,
            server: { connection, _ in
                connection.request()
                connection.waitForEnd()
            }
        ) { transport, server in
            let error = await error(transport, post(server))
            #expect(error?.reason == .timedOut)
            // On a machine that has no time, the limit may be reached before anything was sent.
            #expect(error?.fate == .unknown || server.requests.isEmpty)
            #expect(server.requests.count <= 1)
        }
    }

    @Test func `a body that comes too slowly ends at the same limit`() async throws {
        try await with(
            Self.impatient,
            server: { connection, _ in
                connection.request()
                connection.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{")
                connection.waitForEnd()
            }
        ) { transport, server in
            let error = await error(transport, get(server))
            #expect(error?.reason == .timedOut)
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"a\":1}",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n7\r\n{\"a\":1}\r\n",
        "HTTP/1.1 200 OK\r\ncontent-le",
    ])
    func `a cut answer is no answer`(answer: String) async throws {
        try await with(server: { connection, _ in
            connection.request()
            connection.write(answer)
        }) { transport, server in
            for request in [get(server), post(server)] {
                let error = await error(transport, request)
                #expect(error?.fate == .unknown)
            }
            #expect(server.requests.count == 2)
        }
    }

    @Test func `what is no HTTP is no answer`() async throws {
        try await with(server: { connection, _ in
            connection.request()
            connection.write("SSH-2.0-OpenSSH_9.2\r\n\r\n")
            connection.waitForEnd()
        }) { transport, server in
            let error = await error(transport, post(server))
            #expect(error?.fate == .unknown)
        }
    }

    @Test func `chunks are put together, and HTML with 200 is given as it is`() async throws {
        try await with(server: { connection, number in
            while connection.request() != nil {
                if number == 0 {
                    connection.write(
                        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n[1,\r\n2\r\n2]\r\n0\r\n\r\n"
                    )
                } else {
                    connection.write("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>")
                }
            }
        }) { transport, server in
            let chunked = try await transport.send(get(server))
            #expect(String(decoding: chunked.body, as: UTF8.self) == "[1,2]")
            let html = try await transport.send(post(server))
            #expect(String(decoding: html.body, as: UTF8.self) == "<html>")
        }
    }

    @Test func `an answer without a body`() async throws {
        try await with(server: { connection, _ in
            while connection.request() != nil {
                connection.write("HTTP/1.1 304 Not Modified\r\netag: \"x\"\r\nx-a: 1\r\nX-A: 2\r\n\r\n")
            }
        }) { transport, server in
            for _ in 0..<2 {
                let response = try await transport.send(get(server))
                #expect(response.status == 304)
                #expect(response.body == [])
                #expect(response.header("etag") == "\"x\"")
                #expect(response.header("x-a") == "1, 2")
            }
            #expect(server.connections == 1)
        }
    }

    @Test func `a larger body than the limit is not taken`() async throws {
        let limits = TransportLimits(connect: .seconds(5), request: .seconds(10), bodyBytes: 1_000)
        try await with(
            limits,
            server: { connection, number in
                connection.request()
                if number == 0 {
                    connection.write("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 1001\r\n\r\n")
                } else {
                    connection.write("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")
                }
                connection.write(String(repeating: "x", count: 1_001))
            }
        ) { transport, server in
            for _ in 0..<2 {
                let error = await error(transport, get(server))
                #expect(error?.reason == .tooLarge, "\(String(describing: error))")
            }
        }
    }

    @Test func `compressed bodies are unpacked, up to the limit`() async throws {
        // "[1,2]", and 200,000 spaces.
        let bodies = [
            Self.unbase64("H4sIAAAAAAACA4s21DGKBQC/UIsIBQAAAA=="),
            Self.unbase64(
                "H4sIAAAAAAACA+3BMQEAAADCoCrrn9IM/kABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAK8BMWFiEEANAwA="
            ),
        ]
        let limits = TransportLimits(connect: .seconds(5), request: .seconds(10), bodyBytes: 10_000)
        try await with(
            limits,
            server: { connection, number in
                let asked = connection.request()?.lowercased().contains("accept-encoding: gzip") == true
                let body = bodies[number]
                connection.write(
                    "HTTP/1.1 \(asked ? 200 : 400) OK\r\ncontent-encoding: gzip\r\nconnection: close\r\ncontent-length: \(body.count)\r\n\r\n"
                )
                connection.write(bytes: body)
            }
        ) { transport, server in
            let response = try await transport.send(get(server))
            #expect(response.status == 200)
            #expect(String(decoding: response.body, as: UTF8.self) == "[1,2]")
            #expect(await error(transport, get(server))?.reason == .tooLarge)
        }
    }

    private static func unbase64(_ text: String) -> [UInt8] { Data(base64Encoded: text).map(Array.init) ?? [] }

    @Test func `redirects are not followed`() async throws {
        try await with(server: { connection, _ in
            connection.request()
            connection.answer("", status: "307 Temporary Redirect", headers: "location: /other\r\n")
        }) { transport, server in
            let response = try await transport.send(post(server))
            #expect(response.status == 307)
            #expect(response.header("location") == "/other")
            #expect(server.requests.count == 1)
        }
    }

    @Test func `who is cancelled gets no answer, and a write is unknown`() async throws {
        let arrived = Signal()
        try await with(server: { connection, _ in
            connection.request()
            arrived.fire()
            connection.waitForEnd()
        }) { transport, server in
            let request = post(server)
            let task = Task { await error(transport, request) }
            await arrived.wait()
            task.cancel()
            let failure = await task.value
            #expect(failure?.reason == .cancelled)
            #expect(failure?.fate == .unknown)
        }
    }
}
