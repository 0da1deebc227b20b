package import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

/// A WebSocket over a unix socket: how an app-server that outlives the hub is reached.
///
/// Text frames of one JSON message each (codex 0.163: any path and host, no compression, binary frames ignored).
package final class UnixWebSocketTransport: Transport {
    private let path: String
    private let limits: TransportLimits
    private let timeout: TimeAmount
    private let group: any EventLoopGroup
    private let link = ChannelLink()

    /// A transport to the socket at `path`; `connectLimitMs` bounds connecting and upgrading.
    package init(
        path: String,
        limits: TransportLimits = .init(),
        connectLimitMs: Int64 = 10_000,
        group: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup
    ) {
        self.path = path
        self.limits = limits
        self.timeout = .milliseconds(connectLimitMs)
        self.group = group
    }

    package func open(_ receive: @escaping @Sendable (TransportEvent) -> Void) async throws(AppServerError) {
        do {
            let limits = self.limits
            let timeout = self.timeout
            let upgraded = try await ClientBootstrap(group: group)
                .connectTimeout(timeout)
                .channelOption(
                    .writeBufferWaterMark,
                    value: .init(low: limits.outgoingBytes / 2, high: limits.outgoingBytes)
                )
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try Self.upgrade(channel, limits: limits, timeout: timeout, receive)
                    }
                }
            link.opened(try await upgraded.get())
        } catch let error as AppServerError {
            throw error
        } catch {
            throw AppServerError(.disconnected, "can't connect to the app-server at \(path): \(error)")
        }
    }

    package func send(_ message: [UInt8]) throws(AppServerError) {
        try link.send(WebSocketWriter.text(message, frameBytes: limits.frameBytes))
    }

    package func setReading(_ isReading: Bool) { link.setReading(isReading) }

    package func close() { link.close(last: WebSocketWriter.close()) }

    /// Asks for the upgrade; the future is done when the frames begin.
    private static func upgrade(
        _ channel: any Channel,
        limits: TransportLimits,
        timeout: TimeAmount,
        _ receive: @escaping @Sendable (TransportEvent) -> Void
    ) throws -> EventLoopFuture<any Channel> {
        let upgrader = FrameUpgrader(limit: limits.messageBytes, receive: receive)
        let head = HTTPRequestHead(
            version: .http1_1,
            method: .GET,
            uri: "/",
            headers: ["Host": "localhost", "Content-Length": "0"]
        )
        var configuration = NIOUpgradableHTTPClientPipelineConfiguration(
            upgradeConfiguration: NIOTypedHTTPClientUpgradeConfiguration<any Channel>(
                upgradeRequestHead: head,
                upgraders: [upgrader],
                notUpgradingCompletionHandler: { channel in
                    channel.eventLoop.makeFailedFuture(
                        AppServerError(
                            .handshake,
                            "what listens there does not speak WebSocket, so it is no app-server"
                        )
                    )
                }
            )
        )
        configuration.leftOverBytesStrategy = .forwardBytes
        let upgraded = try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
            configuration: configuration
        )
        let late = channel.eventLoop.scheduleTask(in: timeout) { channel.close(promise: nil) }
        upgraded.whenComplete { result in
            late.cancel()
            if case .failure = result { channel.close(promise: nil) }
        }
        return upgraded
    }
}

/// Checks the upgrade as NIO does, then adds our frames instead of NIO's.
private struct FrameUpgrader: NIOTypedHTTPClientProtocolUpgrader {
    let supportedProtocol = "websocket"
    let requiredUpgradeHeaders: [String] = []
    let limit: Int
    let receive: @Sendable (TransportEvent) -> Void
    private let checks = NIOWebSocketClientUpgrader { channel, _ in channel.eventLoop.makeSucceededVoidFuture() }

    init(limit: Int, receive: @escaping @Sendable (TransportEvent) -> Void) {
        self.limit = limit
        self.receive = receive
    }

    func addCustom(upgradeRequestHeaders: inout HTTPHeaders) {
        checks.addCustom(upgradeRequestHeaders: &upgradeRequestHeaders)
    }

    func shouldAllowUpgrade(upgradeResponse: HTTPResponseHead) -> Bool {
        checks.shouldAllowUpgrade(upgradeResponse: upgradeResponse)
    }

    func upgrade(channel: any Channel, upgradeResponse: HTTPResponseHead) -> EventLoopFuture<any Channel> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(
                FrameHandler(
                    reader: WebSocketReader(limit: limit),
                    limit: limit,
                    closedText: "the app-server ended the connection",
                    receive: receive
                )
            )
            return channel
        }
    }
}
