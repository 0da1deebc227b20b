import Dispatch

/// Waits for so long; the time in which the machine sleeps does not count.
///
/// For limits, which are nearly always cancelled. A cancelled `Task.sleep` leaves its timer behind, which wakes the process when it would have
/// been over: a daemon that has been busy would wake for minutes afterwards, thousands of times.
///
/// - Throws: `CancellationError` when the task is cancelled meanwhile.
package func pause(for duration: Duration) async throws {
    let timer = Timer()
    await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
            // Called once, whether the time is over or the task is cancelled; also when that was before the start.
            timer.source.setCancelHandler { continuation.resume() }
            timer.source.setEventHandler { timer.source.cancel() }
            timer.source.schedule(deadline: .now() + .milliseconds(milliseconds(duration)))
            timer.source.activate()
        }
    } onCancel: {
        timer.source.cancel()
    }
    try Task.checkCancellation()
}

// Proof for `@unchecked`: dispatch sources may be used by many threads (dispatch(3)); their overlay does not say so.
private struct Timer: @unchecked Sendable {
    let source: any DispatchSourceTimer = DispatchSource.makeTimerSource(queue: queue)
}

private let queue = DispatchQueue(label: "orch.pauses")

/// Rounded up; no more than the centuries that the clock can count.
private func milliseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    guard seconds < 1 << 32 else { return 1 << 42 }
    return Int(seconds) * 1_000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
}
