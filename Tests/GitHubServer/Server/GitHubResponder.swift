import HTTPTypes
import HummingbirdCore
import NIOCore
import ServiceLifecycle

/// The HTTP side: takes requests to the model, and does with the answer what its delivery says.
struct GitHubResponder: Sendable {
    /// The largest body that is read.
    static let bodyMax = 8 << 20
    /// How long a request that gets no answer is kept, at most.
    static let hangMax = Duration.seconds(3600)

    let model: GitHubModel

    @concurrent
    func respond(to original: Request, writer: consuming ResponseWriter, channel: any Channel) async throws {
        var request = original
        let buffer = try await request.collectBody(upTo: Self.bodyMax)
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        if let host = request.head.authority { headers["host"] = host }
        let delivery = await model.receive(
            APIRequest(
                method: request.method.rawValue,
                target: request.uri.string,
                headers: headers,
                body: Array(buffer.readableBytesView)
            )
        )
        if delivery.delay > .zero { try await Self.pause(delivery.delay) }
        switch delivery.ending {
        case .whole:
            let body = ByteBuffer(bytes: request.method == .head ? [] : delivery.answer.body)
            try await writer.write(response: head(delivery.answer), body: ResponseBody(byteBuffer: body))
        case .reset:
            try await reset(channel)
            throw GitHubServerError(.brokenOff, "reset, as a fault wants it")
        case .close:
            try await channel.close(mode: .all)
            throw GitHubServerError(.brokenOff, "closed, as a fault wants it")
        case .hang:
            _ = try await request.body.consumeWithCancellationOnInboundClose { _ in try await Self.pause(Self.hangMax) }
            throw GitHubServerError(.brokenOff, "never answered, as a fault wants it")
        case .cut:
            let half = ByteBuffer(bytes: delivery.answer.body.prefix(delivery.answer.body.count / 2))
            let body = ResponseBody(contentLength: delivery.answer.body.count) { writer in
                try await writer.write(half)
                try await reset(channel)
                throw GitHubServerError(.brokenOff, "cut, as a fault wants it")
            }
            try await writer.write(response: head(delivery.answer), body: body)
        }
    }

    private func head(_ answer: APIAnswer) -> HTTPResponse {
        var fields = HTTPFields()
        for (name, value) in answer.headers.sorted(by: { $0.key < $1.key }) {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        if answer.status != 204, answer.status != 304 { fields[.contentLength] = String(answer.body.count) }
        return HTTPResponse(status: .init(code: answer.status), headerFields: fields)
    }

    /// Closes the connection with a reset: with `SO_LINGER` 0 the kernel sends RST, and drops what was not sent yet.
    private func reset(_ channel: any Channel) async throws {
        if let socket = channel as? any SocketOptionProvider {
            try await socket.unsafeSetSocketOption(level: .socket, name: .so_linger, value: Linger()).get()
        }
        try await channel.close(mode: .all)
    }

    /// C's `struct linger`: on, and no time.
    private struct Linger: Sendable {
        var isOn: Int32 = 1
        var seconds: Int32 = 0
    }

    /// Waits, but not beyond the server's end.
    private static func pause(_ duration: Duration) async throws {
        try await cancelWhenGracefulShutdown { try await Task.sleep(for: duration) }
    }
}
