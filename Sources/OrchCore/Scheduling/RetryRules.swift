/// How long to wait before trying again.
package enum RetryRules {
    /// The wait before a retry in milliseconds: exponential, capped, with jitter between one half and the whole of that.
    ///
    /// - Parameters:
    ///   - attempt: 1 for the first retry.
    ///   - baseMs: the wait of the first retry before jitter.
    ///   - capMs: the longest wait.
    ///   - unit: a random number in 0..<1, from outside.
    /// - Returns: the wait, never more than `capMs`.
    package static func backoffMs(attempt: Int, baseMs: Int64, capMs: Int64, unit: Double) -> Int64 {
        let exponent = min(max(attempt, 1) - 1, 62)
        let (value, overflow) = max(0, baseMs).multipliedReportingOverflow(by: 1 << exponent)
        let full = overflow ? capMs : min(max(0, capMs), value)
        let half = full / 2
        return half + Int64(Double(full - half) * min(max(unit, 0), 1))
    }
}
