import Glibc

/// The lock that makes a daemon the only one on its database (I1): `.orch/hub.lock`.
///
/// Held while the value lives. The kernel drops it when the process ends, however it ends, and a child process does not inherit it. The
/// file tells who holds it; what it tells counts only while the lock is held.
package final class HubLock: Sendable {
    private let lock: FileLock

    /// Takes the lock, or says at once who holds it.
    ///
    /// A holder that is there for one command only is waited for, up to `commandLimitMs`.
    package init(_ folder: OrchFolder, holder: LockHolder, commandLimitMs: Int = 5_000) throws(HubLockError) {
        let start = monotonicMs()
        var taken = try Self.take(folder, holder)
        while taken == nil {
            let other = Self.lastHolder(folder)
            // What a killed daemon left there is not who holds it now: that is somebody who is about to write.
            let isBrief = other.map { $0.purpose == .command || $0.isGone } ?? true
            guard isBrief, monotonicMs() - start < commandLimitMs else { throw .held(other, folder.path) }
            usleep(UInt32.random(in: 500...3_000))
            taken = try Self.take(folder, holder)
        }
        guard let taken else { throw .held(nil, folder.path) }
        lock = taken
    }

    private static func take(_ folder: OrchFolder, _ holder: LockHolder) throws(HubLockError) -> FileLock? {
        do throws(StoreError) {
            guard let lock = try FileLock.take(folder.lock) else { return nil }
            try lock.write(holder.line, path: folder.lock)
            return lock
        } catch {
            throw .failed(error)
        }
    }

    /// Who is written in the lock's file: the last holder, which may be gone.
    package static func lastHolder(_ folder: OrchFolder) -> LockHolder? {
        FileFacts.beginning(of: folder.lock, bytes: 4_096).flatMap { LockHolder(line: $0) }
    }
}

/// Why the lock was not taken.
package enum HubLockError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Another holds it; nil when it has not said who it is. With the folder's path.
    case held(LockHolder?, String)
    /// The file system refused.
    case failed(StoreError)

    /// What, where, and what to do.
    package var description: String {
        switch self {
        case .held(let holder?, let path):
            "another orch \(holder.purpose.rawValue) works on \(path): \(holder); see `orch status`, or end it with `orch stop`"
        case .held(nil, let path): "another orch works on \(path): see `orch status`, and try again"
        case .failed(let error): error.message
        }
    }
}
