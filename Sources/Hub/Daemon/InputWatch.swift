import Glibc
import Logging
import ServiceLifecycle

/// Ends the daemon when its standard input ends.
///
/// Whoever starts a daemon as a part of itself holds the other end of a pipe: the kernel closes it with its holder, however that ends. Sleeps
/// on a thread of its own meanwhile.
actor InputWatch: Service {
    private let executor = QueueExecutor("orch.input")
    private let descriptor: Int32
    private let logger: Logger
    private let ended: @Sendable () -> Void

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// A watch of a descriptor; `ended` is told when its input has ended.
    init(_ descriptor: Int32, logger: Logger, ended: @escaping @Sendable () -> Void) {
        self.descriptor = descriptor
        self.logger = logger
        self.ended = ended
    }

    /// Watches until the input ends or the daemon is shut down; what comes in is dropped.
    func run() async throws {
        let wait = DescriptorWait(descriptor)
        await withTaskCancellationOrGracefulShutdownHandler {
            while wait.isReady() {
                guard hasEnded() else { continue }
                logger.notice("stopping: standard input has ended, and with it whoever started this daemon")
                ended()
                return
            }
        } onCancelOrGracefulShutdown: {
            wait.stop()
        }
    }

    private func hasEnded() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = read(descriptor, &bytes, bytes.count)
        return count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN)
    }
}
