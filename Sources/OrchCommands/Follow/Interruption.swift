import Glibc
import Synchronization
import UnixSignals

/// Tells a long-running command that somebody wants it to end (Ctrl-C, SIGTERM), so that it can tidy up.
final class Interruption: Sendable {
    private let signals = Atomic(0)
    private let termination = Atomic(false)

    /// Whether a signal has come.
    var happened: Bool { signals.load(ordering: .acquiring) > 0 }
    /// Whether one has come that no session survives.
    var isTerminated: Bool { termination.load(ordering: .acquiring) }

    /// Whether a signal has come since this was last asked.
    func take() -> Bool { signals.exchange(0, ordering: .acquiringAndReleasing) > 0 }

    /// Waits a while; returns at once when the task is cancelled.
    func pause(milliseconds: Int) async {
        // A cancelled sleep is a short one: the caller's loop looks at `happened` next.
        try? await Task.sleep(for: .milliseconds(milliseconds))
    }

    /// Runs `body` with SIGINT and SIGTERM caught.
    static func watch<Value>(_ body: (Interruption) async throws -> Value) async throws -> Value {
        let interruption = Interruption()
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await signal in signals {
                    if signal == .sigterm { interruption.termination.store(true, ordering: .releasing) }
                    interruption.signals.add(1, ordering: .acquiringAndReleasing)
                }
            }
            let value = try await body(interruption)
            group.cancelAll()
            return value
        }
    }

    /// Runs `body`, which may be deaf to signals: a second one ends the process.
    func endingOnSecond<Value>(_ body: () async -> Value) async -> Value {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    if self.signals.load(ordering: .acquiring) > 1 { _exit(130) }
                    await self.pause(milliseconds: 50)
                }
            }
            let value = await body()
            group.cancelAll()
            return value
        }
    }
}
