import Glibc

/// Lets one thread sleep until somebody rings, or some time has passed.
///
/// One timer of the kernel and one wake-up, where a sleeping task costs several of each: an idle daemon lives on this. A ring while nobody
/// sleeps is remembered. The time is that of the clock which neither a change of the date nor a suspend of the machine moves on.
final class ThreadBell: @unchecked Sendable {
    // Proof for `@unchecked`: both are made for use by many threads and stay where they are from `init` to `deinit`; `isRung` is only
    // touched while the lock is held.
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var isRung = false

    /// A bell that nobody has rung.
    init() {
        pthread_mutex_init(lock, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(lock)
        condition.deallocate()
        lock.deallocate()
    }

    /// Wakes the sleeper, or keeps the next one awake.
    func ring() {
        pthread_mutex_lock(lock)
        isRung = true
        pthread_cond_signal(condition)
        pthread_mutex_unlock(lock)
    }

    /// Blocks this thread until a ring, or for so long.
    func sleep(atMostMs limitMs: Int64) {
        var end = timespec()
        clock_gettime(CLOCK_MONOTONIC, &end)
        let nanoseconds = end.tv_nsec + Int(limitMs % 1_000) * 1_000_000
        end.tv_sec += Int(limitMs / 1_000) + nanoseconds / 1_000_000_000
        end.tv_nsec = nanoseconds % 1_000_000_000
        pthread_mutex_lock(lock)
        while !isRung, pthread_cond_timedwait(condition, lock, &end) == 0 {}
        isRung = false
        pthread_mutex_unlock(lock)
    }
}
