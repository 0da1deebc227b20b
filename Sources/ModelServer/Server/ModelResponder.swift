import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import OrchCore
import ServiceLifecycle
import Zstd

/// Answers the HTTP requests of the model server.
struct ModelResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    /// The largest body that is read; Codex sends the whole conversation each time.
    static let bodyMax = 64 << 20
    /// The largest body after decompression.
    static let decompressedMax = 256 << 20

    let scenario: any Scenario
    let pace: Pace
    let log: RequestLog
    let logger: Logger

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let path = request.uri.path
        switch request.method {
        case .get where path.hasSuffix("/models"): return json(.ok, ["object": "list", "data": [], "models": []])
        case .get where path == "/healthz": return json(.ok, ["status": "ok"])
        case .post where path.hasSuffix("/responses"): return await model(request)
        default: return json(.notFound, refusal("the model server knows no \(request.method.rawValue) \(path)"))
        }
    }

    private func model(_ request: Request) async -> Response {
        do {
            let (modelRequest, request) = try await read(request)
            log.keep(modelRequest)
            let answer = scenario.respond(to: modelRequest)
            logger.debug(
                "Answer a model request",
                metadata: ["thread": "\(modelRequest.thread)", "steps": "\(answer.steps.count)"]
            )
            if case .http(let status, let headers, let body) = answer.failure {
                return json(.init(code: status), body, headers: headers.merging(answer.headers) { $1 })
            }
            return stream(
                ResponseStream(answer, to: modelRequest, pace: pace),
                headers: answer.headers,
                request: request
            )
        } catch let error as ModelServerError {
            return json(.badRequest, refusal(error.message))
        } catch {
            return json(.badRequest, refusal("the request's body cannot be read: \(error)"))
        }
    }

    /// Reads the body; the request comes back with it, so that the client's leaving can be seen.
    private func read(_ original: Request) async throws -> (ModelRequest, Request) {
        var request = original
        let buffer = try await request.collectBody(upTo: Self.bodyMax)
        var bytes = Array(buffer.readableBytesView)
        switch request.headers[.contentEncoding] {
        case nil, "identity": break
        case "zstd": bytes = try Zstd.decompress(bytes, limit: Self.decompressedMax)
        case .some(let other):
            throw ModelServerError(.badRequest, "the content encoding \(other) is not known here: send zstd or none")
        }
        let body: JSONValue
        do {
            body = try JSONValue(parsing: bytes)
        } catch {
            throw ModelServerError(.badRequest, "the request's body is no JSON: \(error)")
        }
        let modelRequest = try ModelRequest(
            body: body,
            thread: Self.header("thread-id", request),
            turnMetadata: Self.header("x-codex-turn-metadata", request),
            ordinal: { log.count(thread: $0) }
        )
        return (modelRequest, request)
    }

    private static func header(_ name: String, _ request: Request) -> String? {
        HTTPField.Name(name).flatMap { request.headers[$0] }
    }

    private func stream(_ stream: ResponseStream, headers: [String: String], request: Request) -> Response {
        let body = ResponseBody { writer in
            var buffer = ByteBuffer()
            for event in stream.events {
                if event.pause > .zero {
                    if buffer.readableBytes > 0 { try await writer.write(buffer) }
                    buffer = ByteBuffer()
                    try await Self.pause(event.pause)
                }
                buffer.writeString(event.text)
            }
            if buffer.readableBytes > 0 { try await writer.write(buffer) }
            switch stream.ending {
            case .finished: try await writer.finish(nil)
            case .cut: throw ModelServerError(.brokenOff, "cut, as the script wants it")
            case .silence(let limit):
                _ = try await request.body.consumeWithCancellationOnInboundClose { _ in try await Self.pause(limit) }
                throw ModelServerError(.brokenOff, "silent, as the script wants it")
            }
        }
        return Response(
            status: .ok,
            headers: Self.fields(["content-type": "text/event-stream", "cache-control": "no-cache"], headers),
            body: body
        )
    }

    /// Waits, but not beyond the server's end.
    private static func pause(_ duration: Duration) async throws {
        try await cancelWhenGracefulShutdown { try await Task.sleep(for: duration) }
    }

    private func json(_ status: HTTPResponse.Status, _ value: JSONValue, headers: [String: String] = [:]) -> Response {
        Response(
            status: status,
            headers: Self.fields(["content-type": "application/json"], headers),
            body: ResponseBody(byteBuffer: ByteBuffer(string: value.canonicalText))
        )
    }

    private func refusal(_ message: String) -> JSONValue {
        ["error": ["type": "invalid_request_error", "message": .string(message)]]
    }

    private static func fields(_ own: [String: String], _ more: [String: String]) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in own.merging(more, uniquingKeysWith: { $1 }).sorted(by: { $0.key < $1.key }) {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return fields
    }
}
