import Testing
import Timers

/// A wait that leaves nothing behind.
@Suite(.timeLimit(.minutes(1)))
struct PauseTests {
    @Test(arguments: [Duration.zero, .nanoseconds(1), .milliseconds(20), .seconds(-5)])
    func `it ends by itself, and not before its time`(duration: Duration) async throws {
        let elapsed = try await SuspendingClock().measure { try await pause(for: duration) }
        #expect(elapsed >= duration)
    }

    @Test(arguments: [Duration.seconds(3_600), .seconds(Int64.max)])
    func `it ends at once when its task is cancelled, before it began or after`(duration: Duration) async {
        let before = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await pause(for: duration)
        }
        await #expect(throws: CancellationError.self) { try await before.value }
        let after = Task { try await pause(for: duration) }
        for _ in 0..<100 { await Task.yield() }
        after.cancel()
        await #expect(throws: CancellationError.self) { try await after.value }
    }
}
