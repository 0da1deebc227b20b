import Synchronization

/// Tells listeners in this process that the database may have changed.
///
/// Rings that come while one waits are one.
package final class ChangeSignal: Sendable {
    private let listeners = Mutex<[AsyncStream<Void>.Continuation]>([])

    /// A signal without listeners.
    package init() {}

    /// A new listener's rings; they end with `finish`.
    package func subscribe() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        listeners.withLock { $0.append(continuation) }
        return stream
    }

    /// Tells all listeners.
    package func ring() {
        for listener in listeners.withLock({ $0 }) { listener.yield() }
    }
}
