/// How a program ended, and what it wrote.
struct ProcessOutcome: Sendable {
    /// How a process ends.
    enum Status: Sendable, Hashable {
        case exited(Int32)
        case signalled(Int32)
        /// It took longer than its limit and was ended.
        case timedOut
    }

    var status: Status
    var output: BoundedOutput
    var error: BoundedOutput

    /// The status as shells have it: 128 and the signal's number for a signal, 124 for a limit.
    var exitCode: Int {
        switch status {
        case .exited(let code): Int(code)
        case .signalled(let signal): 128 + Int(signal)
        case .timedOut: 124
        }
    }
}
