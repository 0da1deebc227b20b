import Synchronization

/// Lets one caller in at a time, in the order of arrival, and holds across `await`, which an actor does not.
final class SerialGate: Sendable {
    private struct State {
        var isTaken = false
        var waiting: [(ticket: UInt64, resume: CheckedContinuation<Bool, Never>)] = []
        var tickets: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Runs the body when everybody before is through.
    ///
    /// - Throws: what the body throws, or `WorkspaceError` with code `cancelled` when the caller was cancelled while waiting.
    func run<T>(_ body: () async throws(WorkspaceError) -> T) async throws(WorkspaceError) -> T {
        guard await enter() else {
            throw WorkspaceError(.cancelled, "git was not asked, because the hub no longer waits for it")
        }
        defer { leave() }
        return try await body()
    }

    private func enter() async -> Bool {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
                let answer: Bool? = state.withLock { state in
                    // Asked under the lock: a cancellation after this finds the ticket below.
                    if Task.isCancelled { return false }
                    guard state.isTaken else {
                        state.isTaken = true
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

    private func leave() {
        let next: CheckedContinuation<Bool, Never>? = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst().resume
        }
        next?.resume(returning: true)
    }
}
