import ServiceLifecycle

/// Looks after what nobody tells of: every two seconds, all of it at once, so that an idle daemon seldom wakes.
///
/// On a thread of its own, which sleeps meanwhile.
package actor Rounds: Service {
    /// How often, in milliseconds.
    static let intervalMs: Int64 = 2_000

    private let executor = QueueExecutor("orch.rounds")
    private let visits: [@Sendable () async -> Void]

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Rounds with these visits, in this order.
    package init(_ visits: [@Sendable () async -> Void]) {
        self.visits = visits
    }

    package func run() async throws {
        let bell = ThreadBell()
        await withTaskCancellationOrGracefulShutdownHandler {
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                for visit in visits { await visit() }
                bell.sleep(atMostMs: Self.intervalMs)
            }
        } onCancelOrGracefulShutdown: {
            bell.ring()
        }
    }
}
