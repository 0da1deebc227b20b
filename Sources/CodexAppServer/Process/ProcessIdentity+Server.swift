#if canImport(Glibc)
import Glibc
#endif

/// Finding and ending app-servers.
///
/// Nothing is ever signalled that is not proven ours.
extension ProcessIdentity {
    /// How an attempt to end a process went.
    package enum Ending: Sendable, Hashable {
        /// It had ended before.
        case wasGone
        /// The process with that pid is another one: nothing was done.
        case notOurs
        /// It ended after that many signals.
        case ended(signals: Int)
        /// It did not end, even after SIGKILL (it hangs in the kernel).
        case stays
    }

    /// The app-server that was launched with `token`; nil if none runs.
    ///
    /// For the start after a crash between the launch and the writing down of its pid. Helpers of the server may carry the token too: the server is the
    /// one that leads its session and was told `app-server`.
    package static func find(token: String) -> ProcessIdentity? {
        carriers(of: token, ServerEnvironment.tokenName)
            .filter { identity in
                ProcessTable.stat(pid: identity.pid)?.session == identity.pid
                    && ProcessTable.arguments(pid: identity.pid).contains("app-server")
            }
            .min { $0.startTime < $1.startTime }
    }

    /// Processes that a server launched with `token` started and left behind: commands of agents that outlived it.
    ///
    /// Sandboxed commands die with the server; those of `danger-full-access` may not (seen with codex 0.163).
    package static func strays(token: String) -> [ProcessIdentity] {
        let server = find(token: token)
        return carriers(of: token, ServerEnvironment.markName).filter { $0 != server }
    }

    /// Whether it is the process that was recorded, or at least one that was launched with `token`.
    package func isProven(token: String?) -> Bool {
        if isAlive { return true }
        guard let token, let now = Self.of(pid: pid), now.isAlive else { return false }
        return ProcessTable.has(pid: pid, variable: "\(ServerEnvironment.tokenName)=\(token)")
    }

    /// Ends a process and, at last, its group.
    ///
    /// SIGTERM lets codex finish the running turns, and waits for a pending approval for ever; a second one ends it at once; then SIGKILL. Each
    /// signal is followed by `grace`, and preceded by a new proof.
    package func terminate(token: String? = nil, grace: Duration = .seconds(2)) async -> Ending {
        guard isProven(token: token) else {
            return Self.of(pid: pid) == nil ? .wasGone : (isSameBoot ? .notOurs : .wasGone)
        }
        // Proven by its token alone, it is the process that has the pid now.
        guard pid > 1, pid != Int64(getpid()), let target = isAlive ? self : Self.of(pid: pid) else { return .notOurs }
        for (index, signal) in [SIGTERM, SIGTERM, SIGKILL].enumerated() {
            guard target.isAlive else { return .ended(signals: index) }
            if signal == SIGKILL, ProcessTable.stat(pid: pid)?.session == pid { kill(-pid_t(pid), signal) }
            kill(pid_t(pid), signal)
            if await target.isGone(within: grace) { return .ended(signals: index + 1) }
        }
        return .stays
    }

    /// Kills at once, if proven.
    ///
    /// For commands that a dead server left behind.
    package func killNow(token: String? = nil) {
        guard isProven(token: token), pid > 1, pid != Int64(getpid()) else { return }
        kill(pid_t(pid), SIGKILL)
    }

    /// Waits for its end.
    package func isGone(within limit: Duration) async -> Bool {
        let clock = SuspendingClock()
        let deadline = clock.now.advanced(by: limit)
        while isAlive {
            guard clock.now < deadline else { return false }
            // Cancelled: the wait ends, and the caller is told what is so.
            do { try await Task.sleep(for: .milliseconds(10), clock: clock) } catch { return !isAlive }
        }
        return true
    }

    private var isSameBoot: Bool { bootID == Self.currentBootID }

    private static func carriers(of token: String, _ name: String) -> [ProcessIdentity] {
        let variable = "\(name)=\(token)"
        let ownID = Int64(getpid())
        return ProcessTable.all
            .filter { $0 != ownID && ProcessTable.has(pid: $0, variable: variable) }
            .compactMap { of(pid: $0) }
            .filter(\.isAlive)
    }
}
