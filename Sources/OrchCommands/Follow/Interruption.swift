import Synchronization
import UnixSignals

/// Tells a long-running command that somebody wants it to end (Ctrl-C, SIGTERM), so that it can tidy up.
final class Interruption: Sendable {
    private let flag = Atomic(false)

    /// Whether a signal has come.
    var happened: Bool { flag.load(ordering: .acquiring) }

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
                for await _ in signals {
                    interruption.flag.store(true, ordering: .releasing)
                    return
                }
            }
            let value = try await body(interruption)
            group.cancelAll()
            return value
        }
    }
}
