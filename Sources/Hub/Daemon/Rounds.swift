import ServiceLifecycle

/// Looks after what nobody tells of: every two seconds, all of it at once, so that an idle daemon seldom wakes.
package struct Rounds: Service {
    /// How often.
    static let interval = Duration.seconds(2)

    private let visits: [@Sendable () async -> Void]

    /// Rounds with these visits, in this order.
    package init(_ visits: [@Sendable () async -> Void]) {
        self.visits = visits
    }

    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                while !Task.isCancelled {
                    for visit in visits { await visit() }
                    try await Task.sleep(for: Self.interval, clock: .continuous)
                }
            }
        } catch is CancellationError {
            return  // that is the shutdown
        }
    }
}
