import Timers

/// Gives a deed a limit: after it the deed is cancelled, and counts as one whose end nobody knows.
///
/// - Parameters:
///   - limit: how long it may take.
///   - what: what it is, for the reason.
///   - body: the deed; it must end soon when cancelled.
/// - Returns: how it ended, or `retry` when it took too long.
func withTimeLimit(
    _ limit: Duration,
    _ what: String,
    _ body: @escaping @Sendable () async -> EffectResult
) async -> EffectResult {
    await withTaskGroup(of: EffectResult?.self) { group in
        group.addTask { await body() }
        group.addTask {
            // Cancelled when the deed ended first.
            try? await pause(for: limit)
            return nil
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        return first ?? .retry(reason: "\(what) took longer than \(limit)")
    }
}
