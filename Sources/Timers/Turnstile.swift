import Synchronization

/// Lets so many in at a time, in the order of arrival, and holds across `await`, which an actor does not.
package final class Turnstile: Sendable {
    private struct State {
        var free: Int
        var waiting: [(ticket: UInt64, resume: CheckedContinuation<Bool, Never>)] = []
        var tickets: UInt64 = 0
    }

    private let state: Mutex<State>

    /// A turnstile with so many places.
    package init(places: Int) {
        state = Mutex(State(free: max(1, places)))
    }

    /// Waits for a place; false when the caller was cancelled first, who then has none.
    package func enter() async -> Bool {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
                let answer: Bool? = state.withLock { state in
                    // Asked under the lock: a cancellation after this finds the ticket below.
                    if Task.isCancelled { return false }
                    guard state.free == 0 else {
                        state.free -= 1
                        return true
                    }
                    state.waiting.append((ticket, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiting: CheckedContinuation<Bool, Never>? = state.withLock { state in
                guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
                return state.waiting.remove(at: index).resume
            }
            waiting?.resume(returning: false)
        }
    }

    /// Gives the place to the next one.
    package func leave() {
        let next: CheckedContinuation<Bool, Never>? = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().resume
        }
        next?.resume(returning: true)
    }
}
