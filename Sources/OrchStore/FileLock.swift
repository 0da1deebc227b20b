import Glibc

/// A lock between processes on a file (`flock(2)`).
///
/// The kernel drops it when its process ends, however it ends; a child process does not get it.
final class FileLock: Sendable {
    private let descriptor: Int32

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Takes the lock; nil when another holds it.
    ///
    /// - Throws: `StoreError` when the file can't be made or locked.
    static func take(_ path: String) throws(StoreError) -> FileLock? {
        // Somebody may delete the file between opening and locking: then others would lock another file of that name.
        for _ in 0..<100 {
            let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard file >= 0 else { throw .system("open", path) }
            guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
                let number = errno
                close(file)
                if number == EWOULDBLOCK { return nil }
                if number == EINTR { continue }
                throw .system("lock", path, number)
            }
            if FileFacts(path)?.identity == FileFacts(descriptor: file)?.identity { return FileLock(file) }
            close(file)
        }
        throw StoreError(.busy, "\(path) is deleted again and again by another program: find out which, and stop it")
    }

    /// Takes the lock, waiting for others up to a limit; nil when that has passed.
    static func wait(_ path: String, limitMs: Int) throws(StoreError) -> FileLock? {
        let start = monotonicMs()
        while true {
            if let lock = try take(path) { return lock }
            guard monotonicMs() - start < limitMs else { return nil }
            usleep(UInt32.random(in: 500...3_000))
        }
    }

    /// Replaces what the file holds.
    func write(_ text: String, path: String) throws(StoreError) {
        let bytes = Array(text.utf8)
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
            throw .system("write", path)
        }
    }
}

/// Milliseconds on the monotonic clock.
func monotonicMs() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
}
