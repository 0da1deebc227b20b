import Glibc

/// The time as the gate has it, so that tests own it.
package struct GateClock: Sendable {
    /// Milliseconds on a clock that never goes back and goes on while the machine sleeps.
    package var now: @Sendable () -> Int64
    /// Milliseconds since 1970.
    package var wallMs: @Sendable () -> Int64
    /// Waits so many milliseconds; throws when the caller is cancelled.
    package var sleep: @Sendable (Int64) async throws -> Void
    /// Chance from 0 to 1.
    package var jitter: @Sendable () -> Double

    /// A clock.
    package init(
        now: @escaping @Sendable () -> Int64,
        wallMs: @escaping @Sendable () -> Int64,
        sleep: @escaping @Sendable (Int64) async throws -> Void,
        jitter: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.wallMs = wallMs
        self.sleep = sleep
        self.jitter = jitter
    }

    /// The machine's clocks.
    package static var system: GateClock {
        GateClock(
            now: { milliseconds(CLOCK_BOOTTIME) },
            wallMs: { milliseconds(CLOCK_REALTIME) },
            sleep: { try await Task.sleep(for: .milliseconds($0), clock: .continuous) },
            jitter: { Double.random(in: 0...1) }
        )
    }

    private static func milliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
