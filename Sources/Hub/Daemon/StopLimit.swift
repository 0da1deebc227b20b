import Dispatch
import Glibc
package import Logging
import Synchronization

/// Ends the process when its orderly end takes too long.
package final class StopLimit: Sendable {
    /// How long the orderly end may take in all; a person is promised 5 s.
    package static let seconds = 4.5

    private let logger: Logger
    private let limit: Double
    private let isCounting = Mutex(false)

    /// A limit, in seconds, that does not count yet.
    package init(_ logger: Logger, limit: Double = seconds) {
        self.logger = logger
        self.limit = limit
    }

    /// Begins to count, the first time that it is called.
    @Sendable
    package func begin() {
        let isFirst = isCounting.withLock { counting in
            defer { counting = true }
            return !counting
        }
        guard isFirst else { return }
        DispatchQueue.global().asyncAfter(deadline: .now() + limit) { [logger] in
            logger.error("the orderly end took too long: ended at once; the next daemon finds out what was under way")
            // Exit code 70 is a defect of ours: something does not end when it is told to.
            _exit(70)
        }
    }
}
