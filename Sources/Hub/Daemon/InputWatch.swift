import Dispatch
import Glibc
import Logging
import ServiceLifecycle

/// Ends the daemon when its standard input ends.
///
/// Whoever starts a daemon as a part of itself holds the other end of a pipe: the kernel closes it with its holder, however that ends.
struct InputWatch: Service {
    let descriptor: Int32
    let logger: Logger
    /// Told when the input has ended.
    let ended: @Sendable () -> Void

    /// Watches until the input ends or the daemon is shut down; what comes in is dropped.
    func run() async throws {
        let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
        let source = DispatchSource.makeReadSource(
            fileDescriptor: descriptor,
            queue: DispatchQueue(label: "orch.input")
        )
        source.setEventHandler { [descriptor] in
            var bytes = [UInt8](repeating: 0, count: 4_096)
            let count = read(descriptor, &bytes, bytes.count)
            if count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN) { continuation.yield() }
        }
        source.resume()
        defer { source.cancel() }
        for await _ in ends.cancelOnGracefulShutdown() {
            logger.notice("stopping: standard input has ended, and with it whoever started this daemon")
            ended()
            return
        }
    }
}
