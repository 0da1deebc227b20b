import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import OrchCore
import Synchronization

/// A server on a unix socket that does what a real codex can't be made to do.
///
/// One connection. The test reads what the client sends, and writes whatever bytes it likes.
final class FakeAppServer: Sendable {
    let path: String
    private let listener: any Channel
    private let received: AsyncStream<JSONValue>
    private let connected: EventLoopFuture<any Channel>

    private init(
        path: String,
        listener: any Channel,
        received: AsyncStream<JSONValue>,
        connected: EventLoopFuture<any Channel>
    ) {
        self.path = path
        self.listener = listener
        self.received = received
        self.connected = connected
    }

    /// What it does with a connection.
    enum Welcome { case upgrade, refusal, silence }

    /// Listens at `path`.
    static func start(at path: String, welcome: Welcome = .upgrade) async throws -> FakeAppServer {
        let (received, continuation) = AsyncStream.makeStream(of: JSONValue.self)
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: (any Channel).self)
        let upgrader = NIOWebSocketServerUpgrader(
            maxFrameSize: 1 << 26,
            shouldUpgrade: { channel, _ in channel.eventLoop.makeSucceededFuture([:]) },
            upgradePipelineHandler: { channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Reader(continuation))
                    promise.succeed(channel)
                }
            }
        )
        let listener = try await ServerBootstrap(group: loop)
            .childChannelInitializer { channel in
                switch welcome {
                case .upgrade:
                    channel.pipeline.configureHTTPServerPipeline(
                        withServerUpgrade: (upgraders: [upgrader], completionHandler: { _ in })
                    )
                case .refusal: channel.pipeline.addHandler(Refuser())
                case .silence: channel.eventLoop.makeSucceededVoidFuture()
                }
            }
            .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
        listener.closeFuture.whenComplete { _ in promise.fail(ChannelError.eof) }
        return FakeAppServer(path: path, listener: listener, received: received, connected: promise.futureResult)
    }

    /// Runs a server, and ends it with the connection.
    static func with<T>(
        at path: String,
        welcome: Welcome = .upgrade,
        _ body: (FakeAppServer) async throws -> T
    ) async throws -> T {
        let server = try await start(at: path, welcome: welcome)
        do {
            let value = try await body(server)
            try await server.stop()
            return value
        } catch {
            try await server.stop()
            throw error
        }
    }

    func stop() async throws {
        connected.whenSuccess { $0.close(promise: nil) }
        try await listener.close()
    }

    /// The next message of the client.
    func next() async throws -> JSONValue {
        var iterator = received.makeAsyncIterator()
        guard let message = await iterator.next() else { throw CancellationError() }
        return message
    }

    /// The next request, which must be `method`; its id.
    func next(_ method: String) async throws -> JSONValue {
        let message = try await next()
        guard message["method"]?.stringValue == method else { throw Unexpected(message: message) }
        return message["id"] ?? .null
    }

    /// Answers `initialize` and waits for `initialized`.
    func shakeHands() async throws {
        let id = try await next("initialize")
        try await send(["id": id, "result": ["userAgent": "orch/9.8.7 (fake)", "codexHome": "/nowhere"]])
        _ = try await next("initialized")
    }

    func send(_ message: JSONValue) async throws { try await send(text: message.canonicalText) }

    func send(text: String) async throws { try await send(frame: .text, isFinal: true, Array(text.utf8)) }

    func send(frame opcode: WebSocketOpcode, isFinal: Bool, _ bytes: [UInt8]) async throws {
        try await write(WebSocketFrame(fin: isFinal, opcode: opcode, data: ByteBuffer(bytes: bytes)))
    }

    /// Writes without waiting for the client to read.
    func queue(_ message: JSONValue) async throws {
        let channel = try await connected.get()
        let bytes = ByteBuffer(string: message.canonicalText)
        channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .text, data: bytes), promise: nil)
    }

    /// Writes the beginning of a frame, then hangs up.
    func sendHalfAFrame() async throws {
        let channel = try await connected.get()
        let head = ByteBuffer(bytes: [0x81, 0x7E, 0x10, 0x00] + Array("{\"method\":".utf8))
        try await channel.pipeline.context(handlerType: WebSocketFrameEncoder.self).flatMap { context in
            context.writeAndFlush(NIOAny(head))
        }.get()
        try await channel.close()
    }

    /// Reads nothing from now on.
    func stopReading() async throws { try await connected.get().setOption(.autoRead, value: false).get() }

    func hangUp() async throws { try await connected.get().close() }

    private func write(_ frame: WebSocketFrame) async throws {
        try await connected.get().writeAndFlush(frame)
    }

    struct Unexpected: Error { var message: JSONValue }

    /// An HTTP server that is no app-server.
    private final class Refuser: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let answer = ByteBuffer(string: "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
        }
    }

    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = WebSocketFrame
        private let continuation: AsyncStream<JSONValue>.Continuation
        private var text: [UInt8] = []

        init(_ continuation: AsyncStream<JSONValue>.Continuation) {
            self.continuation = continuation
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let frame = unwrapInboundIn(data)
            guard [.text, .continuation, .pong].contains(frame.opcode) else { return }
            if frame.opcode == .pong {
                continuation.yield(["pong": .string(String(buffer: frame.unmaskedData))])
                return
            }
            text += Array(frame.unmaskedData.readableBytesView)
            guard frame.fin else { return }
            continuation.yield((try? JSONValue(parsing: text)) ?? "no JSON")
            text = []
        }

        func channelInactive(context: ChannelHandlerContext) { continuation.finish() }
    }
}
