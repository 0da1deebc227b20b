import NIOCore

/// The last handler of a channel: bytes in, transport events out, and exactly one `closed` at the end.
final class FrameHandler<Reader: FrameReader>: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var reader: Reader
    private let limit: Int
    private let receive: @Sendable (TransportEvent) -> Void
    private let closedText: String
    private var isClosed = false

    init(reader: Reader, limit: Int, closedText: String, receive: @escaping @Sendable (TransportEvent) -> Void) {
        self.reader = reader
        self.limit = limit
        self.closedText = closedText
        self.receive = receive
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for event in reader.receive(unwrapInboundIn(data)) {
            guard !isClosed else { return }
            switch event {
            case .message(let bytes): receive(.message(bytes))
            case .oversized(let prefix): receive(.oversized(prefix: prefix, limit: limit))
            case .fault(let text): receive(.fault(text))
            case .ping(let payload): context.writeAndFlush(wrapOutboundOut(WebSocketWriter.pong(payload)), promise: nil)
            case .close(let reason): finish(context, reason)
            case .violation(let text): finish(context, "the server broke the WebSocket protocol: \(text)")
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish(context, closedText)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        finish(context, "the connection failed: \(error)")
    }

    private func finish(_ context: ChannelHandlerContext, _ reason: String) {
        guard !isClosed else { return }
        isClosed = true
        receive(.closed(reason))
        context.close(promise: nil)
    }
}
