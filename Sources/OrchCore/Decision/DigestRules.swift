/// When the orchestrator is told.
package enum DigestRules {
    /// When a digest is due, or nil while there is nothing to tell: no turn is started without a new fact.
    ///
    /// - Parameters:
    ///   - firstPendingMs: when the oldest untold fact was recorded.
    ///   - debounceMs: how long facts are collected, counted from the first, so that a stream of them can't put the digest off for ever.
    /// - Returns: the time, in the clock of `firstPendingMs`.
    package static func dueMs(firstPendingMs: Int64?, debounceMs: Int64) -> Int64? {
        firstPendingMs.map { $0 + debounceMs }
    }
}
