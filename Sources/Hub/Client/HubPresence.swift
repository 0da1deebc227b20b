import Glibc
package import OrchStore

/// Whether a daemon works on a folder now.
package enum HubPresence {
    /// The daemon that holds the hub's lock; nil when none does.
    ///
    /// What is written in the lock's file counts only while the lock is held. A command that holds it for a moment is no daemon.
    package static func daemon(_ folder: OrchFolder) -> LockHolder? {
        let file = open(folder.lock, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        guard flock(file, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK else { return nil }
        guard let holder = HubLock.lastHolder(folder), holder.purpose == .daemon else { return nil }
        return holder
    }
}
