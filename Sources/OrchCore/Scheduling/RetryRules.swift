/// How long to wait before trying again.
package enum RetryRules {
    /// The wait before try number `attempt` (1 is the first retry), in milliseconds: exponential from `baseMs`, capped, with jitter.
    ///
    /// - Parameters:
    ///   - attempt: which retry it is, from 1.
    ///   - baseMs: the first wait.
    ///   - capMs: the longest wait.
    ///   - unit: a random number in 0..<1 from outside; the wait is between one half and the whole of the exponential value.
    /// - Returns: the wait in milliseconds.
    package static func backoffMs(attempt: Int, baseMs: Int64, capMs: Int64, unit: Double) -> Int64 {
        let exponent = min(max(attempt, 1) - 1, 30)
        let full = min(capMs, baseMs.multipliedReportingOverflow(by: 1 << exponent).partialValue)
        let bounded = full <= 0 ? capMs : full
        return bounded / 2 + Int64(Double(bounded - bounded / 2) * min(max(unit, 0), 1))
    }
}
