import Glibc

/// The lock that makes a daemon the only one on its database (I1).
///
/// The kernel drops it when its process ends, however it ends.
package struct HubLock: ~Copyable {
    private let file: Int32

    /// Takes the lock, or says who holds it.
    ///
    /// - Parameters:
    ///   - folder: where the lock is.
    ///   - holder: who we are, for those that come later: shown in their error.
    /// - Throws: `HubLockError`, saying who holds it.
    package init(_ folder: OrchFolder, holder: String) throws(HubLockError) {
        let file = open(folder.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .failed("can't open \(folder.lock): \(String(cString: strerror(errno)))") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            defer { close(file) }
            guard reason == EWOULDBLOCK else {
                throw .failed("can't lock \(folder.lock): \(String(cString: strerror(reason)))")
            }
            throw .held(Self.text(file))
        }
        let bytes = Array(holder.utf8)
        guard ftruncate(file, 0) == 0, pwrite(file, bytes, bytes.count, 0) == bytes.count else {
            let reason = String(cString: strerror(errno))
            close(file)
            throw .failed("can't write \(folder.lock): \(reason)")
        }
        self.file = file
    }

    deinit { close(file) }

    private static func text(_ file: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = pread(file, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}

/// Why the lock was not taken.
package enum HubLockError: Error, Sendable, Hashable {
    /// Another daemon holds it: what it wrote there.
    case held(String)
    /// The file system refused.
    case failed(String)
}
