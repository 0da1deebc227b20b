#if canImport(Glibc)
import Glibc
#endif

/// Which process, beyond doubt: a pid alone is given to others after its end, and after a restart of the machine.
package struct ProcessIdentity: Sendable, Hashable, Codable {
    /// The process id.
    package var pid: Int64
    /// When it began, in clock ticks since the machine started (`/proc/PID/stat`, field 22).
    package var startTime: Int64
    /// Which start of the machine (`/proc/sys/kernel/random/boot_id`).
    package var bootID: String

    /// An identity, as recorded.
    package init(pid: Int64, startTime: Int64, bootID: String) {
        self.pid = pid
        self.startTime = startTime
        self.bootID = bootID
    }

    /// The identity of the process that has this pid now; nil if none has.
    package static func of(pid: Int64) -> ProcessIdentity? {
        guard let stat = ProcessTable.stat(pid: pid) else { return nil }
        return ProcessIdentity(pid: pid, startTime: stat.startTime, bootID: currentBootID)
    }

    /// Whether the very process still runs.
    ///
    /// One that has ended but was not collected by its parent is dead; if we are the parent, it is collected.
    package var isAlive: Bool {
        guard bootID == Self.currentBootID, let stat = ProcessTable.stat(pid: pid), stat.startTime == startTime else {
            return false
        }
        guard stat.isZombie else { return true }
        // 0: its last thread is just about to end, so that it can't be collected yet.
        return stat.parent == Int64(getpid()) && waitpid(pid_t(pid), nil, WNOHANG) == 0
    }

    /// Which start of the machine this is; empty where the system does not tell.
    package static let currentBootID: String =
        ProcessTable.read("/proc/sys/kernel/random/boot_id")
        .map { String(decoding: $0.prefix { $0 > 0x20 }, as: UTF8.self) } ?? ""
}
