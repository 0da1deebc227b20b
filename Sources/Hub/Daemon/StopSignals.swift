import Glibc
import Logging
import ServiceLifecycle
import UnixSignals

/// SIGTERM, SIGINT and SIGHUP: the first stops the daemon in order, the second at once.
struct StopSignals {
    private let signals: UnixSignalsSequence
    private let logger: Logger

    /// Takes the signals over.
    init(_ logger: Logger) async {
        signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        self.logger = logger
    }

    /// Watches until cancelled.
    func watch(_ group: ServiceGroup, _ limit: StopLimit) async {
        var first: (signal: UnixSignal, at: ContinuousClock.Instant)?
        for await signal in signals {
            // `timeout` and shells signal the process and its group: that is one signal, seen twice.
            if let first, first.signal == signal, .now - first.at < .milliseconds(100) { continue }
            guard first == nil else {
                logger.notice("stopped at once", metadata: ["signal": "\(signal)"])
                _exit(128 + signal.rawValue)
            }
            first = (signal, .now)
            logger.notice(
                "stopping; what agents do goes on, a second signal stops at once",
                metadata: ["signal": "\(signal)"]
            )
            limit.begin()
            await group.triggerGracefulShutdown()
        }
    }
}
