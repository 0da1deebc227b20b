/// When the orchestrator is told.
package enum DigestRules {
    /// When a digest is due, or nil while there is nothing to tell (I: no turn without a new fact).
    ///
    /// - Parameters:
    ///   - firstPendingMs: when the oldest untold fact was recorded.
    ///   - debounceMs: how long facts are collected.
    /// - Returns: the time in milliseconds since 1970.
    package static func dueMs(firstPendingMs: Int64?, debounceMs: Int64) -> Int64? {
        firstPendingMs.map { $0 + debounceMs }
    }
}
