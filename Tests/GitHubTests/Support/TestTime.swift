import Synchronization

@testable import GitHub

/// A clock that stands still until somebody sleeps on it.
final class TestTime: Sendable {
    private struct State {
        var now: Int64 = 1_000_000
        var wallMs: Int64 = 1_800_000_000_000
        var sleeps: [Int64] = []
    }

    private let state = Mutex(State())

    /// The pauses that were slept, in order.
    var sleeps: [Int64] { state.withLock { $0.sleeps } }
    var now: Int64 { state.withLock { $0.now } }
    var wallMs: Int64 { state.withLock { $0.wallMs } }

    /// Lets time pass.
    func pass(_ ms: Int64) {
        state.withLock {
            $0.now += ms
            $0.wallMs += ms
        }
    }

    var clock: GateClock {
        GateClock(
            now: { self.now },
            wallMs: { self.wallMs },
            sleep: { ms in
                try Task.checkCancellation()
                self.state.withLock {
                    $0.sleeps.append(ms)
                    $0.now += ms
                    $0.wallMs += ms
                }
            },
            jitter: { 0 }
        )
    }
}
