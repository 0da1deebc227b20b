package import NIOCore
import NIOPosix

#if canImport(Glibc)
import Glibc
#endif

/// An app-server that is a child of the hub and talks over its standard input and output, one JSON message a line.
///
/// The fallback for systems where the socket does not work: the child ends with the hub (its input is closed, which ends it within 0.1 s),
/// and with it the turns that ran.
package final class StdioTransport: Transport {
    private let launcher: AppServerLauncher
    private let limits: TransportLimits
    private let group: any EventLoopGroup
    private let link = ChannelLink()

    /// A transport that starts its server by `launcher` when opened; the launcher must have no socket.
    package init(
        _ launcher: AppServerLauncher,
        limits: TransportLimits = .init(),
        group: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup
    ) {
        self.launcher = launcher
        self.limits = limits
        self.group = group
    }

    package func open(_ receive: @escaping @Sendable (TransportEvent) -> Void) async throws(AppServerError) {
        let child = try launcher.spawnChild()
        let limits = self.limits
        do {
            let channel = try await NIOPipeBootstrap(group: group)
                .channelOption(
                    .writeBufferWaterMark,
                    value: .init(low: limits.outgoingBytes / 2, high: limits.outgoingBytes)
                )
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            FrameHandler(
                                reader: LineReader(limit: limits.messageBytes),
                                limit: limits.messageBytes,
                                closedText: "the app-server closed its output",
                                receive: receive
                            )
                        )
                    }
                }
                .takingOwnershipOfDescriptors(input: child.output, output: child.input).get()
            channel.closeFuture.whenComplete { _ in Self.reap(child.pid, on: channel.eventLoop, tries: 0) }
            link.opened(channel)
        } catch {
            kill(child.pid, SIGKILL)
            waitpid(child.pid, nil, 0)
            throw AppServerError(.launch, "can't talk to the app-server's pipes: \(error)")
        }
    }

    package func send(_ message: [UInt8]) throws(AppServerError) {
        try link.send(ByteBuffer(bytes: message + [UInt8(ascii: "\n")]))
    }

    package func setReading(_ isReading: Bool) { link.setReading(isReading) }

    package func close() { link.close() }

    /// Collects the child's exit, which the closed input brings about; one that stays is ended after 2 s, and killed
    /// after 4 s.
    private static func reap(_ pid: pid_t, on loop: any EventLoop, tries: Int) {
        guard waitpid(pid, nil, WNOHANG) == 0 else { return }
        if tries == 100 { kill(pid, SIGTERM) }
        if tries == 200 { kill(pid, SIGKILL) }
        loop.scheduleTask(in: .milliseconds(20)) { reap(pid, on: loop, tries: tries + 1) }
    }
}
