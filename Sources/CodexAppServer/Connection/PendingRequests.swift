import OrchCore
import Synchronization
import Timers

/// Requests of ours that wait for an answer.
///
/// Each is settled once: by its answer, its timeout, its caller's cancellation, or the end of the connection.
final class PendingRequests: Sendable {
    typealias Answer = Result<JSONValue, AppServerError>

    private struct Waiting {
        var method: String
        var continuation: CheckedContinuation<Answer, Never>
        var timer: Task<Void, Never>?
    }
    private struct State {
        var nextID: Int64 = 1
        var waiting: [Int64: Waiting] = [:]
        var end: AppServerError?
    }
    private let state = Mutex(State())

    /// A new id; ids only grow.
    func makeID() -> Int64 {
        state.withLock { state in
            defer { state.nextID += 1 }
            return state.nextID
        }
    }

    /// Waits for the answer to `id`.
    ///
    /// `send` is called once the answer can be received.
    func wait(
        _ id: Int64,
        method: String,
        timeout: Duration,
        send: @Sendable () throws(AppServerError) -> Void
    ) async -> Answer {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let end: AppServerError? = state.withLock { state in
                    if state.end == nil {
                        state.waiting[id] = Waiting(method: method, continuation: continuation, timer: nil)
                    }
                    return state.end
                }
                if let end {
                    continuation.resume(returning: .failure(end))
                    return
                }
                if Task.isCancelled { settle(id, .failure(Self.cancelled(method))) }
                // Unstructured, since it has to live beside a continuation; it ends when the request is settled.
                let timer = Task { [weak self] in
                    // Cancelled when an answer came: then there is nothing to do.
                    do { try await pause(for: timeout) } catch { return }
                    self?.settle(
                        id,
                        .failure(
                            AppServerError(.timeout, "codex did not answer \(method) within \(timeout)", method: method)
                        )
                    )
                }
                let isWaiting = state.withLock { state in
                    state.waiting[id]?.timer = timer
                    return state.waiting[id] != nil
                }
                guard isWaiting else {
                    timer.cancel()
                    return
                }
                do throws(AppServerError) { try send() } catch { settle(id, .failure(error)) }
            }
        } onCancel: {
            settle(id, .failure(Self.cancelled("a request")))
        }
    }

    /// Settles a request.
    ///
    /// False when it is not waiting (any more): a late or unasked answer.
    @discardableResult
    func settle(_ id: Int64, _ answer: Answer) -> Bool {
        guard let waiting = state.withLock({ $0.waiting.removeValue(forKey: id) }) else { return false }
        waiting.timer?.cancel()
        waiting.continuation.resume(returning: answer)
        return true
    }

    /// The method that `id` waits for.
    func method(of id: Int64) -> String? { state.withLock { $0.waiting[id]?.method } }

    /// Nothing will be answered any more.
    func end(_ reason: String) {
        let all = state.withLock { state in
            defer { state.waiting = [:] }
            if state.end == nil {
                state.end = AppServerError(.disconnected, "the connection to the app-server ended: \(reason)")
            }
            return state.waiting
        }
        for waiting in all.values {
            waiting.timer?.cancel()
            waiting.continuation.resume(
                returning: .failure(
                    AppServerError(
                        .disconnected,
                        "the connection ended before codex answered \(waiting.method): \(reason)",
                        method: waiting.method
                    )
                )
            )
        }
    }

    private static func cancelled(_ method: String) -> AppServerError {
        AppServerError(.cancelled, "waiting for the answer to \(method) was given up", method: method)
    }
}
