import Glibc
package import OrchCore

extension Moment {
    /// This instant by the machine's clocks.
    @Sendable
    package static func current() -> Moment {
        Moment(wallMs: SystemTime.milliseconds(CLOCK_REALTIME), monotonicMs: SystemTime.milliseconds(CLOCK_MONOTONIC))
    }
}

/// The machine's clocks.
enum SystemTime {
    /// Milliseconds since 1970, UTC.
    static var nowMs: Int64 { milliseconds(CLOCK_REALTIME) }

    static func milliseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
