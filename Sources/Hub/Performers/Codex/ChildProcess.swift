import Glibc

/// Ended children of this process.
enum ChildProcess {
    /// Collects the exit of a child that has ended, so that no zombie stays; does nothing for a process that is no child.
    static func collect(_ pid: Int64) {
        guard pid > 1, let number = pid_t(exactly: pid) else { return }
        waitpid(number, nil, WNOHANG)
    }
}
