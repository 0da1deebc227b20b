import Synchronization

/// The port that the server got, once it has it.
final class BoundPort: Sendable {
    /// A listening server answers in milliseconds; a server that was never run should not hold anybody for ever.
    static let limit = Duration.seconds(30)

    private struct State {
        var result: Result<Int, ModelServerError>?
        var waiters: [AsyncStream<Result<Int, ModelServerError>>.Continuation] = []
    }

    private let state = Mutex(State())

    /// Tells the port, or that there will be none; only the first call counts.
    func resolve(_ result: Result<Int, ModelServerError>) {
        let waiters = state.withLock { state in
            guard state.result == nil else { return [AsyncStream<Result<Int, ModelServerError>>.Continuation]() }
            state.result = result
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters {
            waiter.yield(result)
            waiter.finish()
        }
    }

    /// Waits for the port.
    ///
    /// - Throws: `ModelServerError` when the server could not listen or was not run in time, `CancellationError` when cancelled.
    func value() async throws -> Int {
        let (stream, continuation) = AsyncStream.makeStream(of: Result<Int, ModelServerError>.self)
        let known = state.withLock { state -> Result<Int, ModelServerError>? in
            if state.result == nil { state.waiters.append(continuation) }
            return state.result
        }
        if let known { return try known.get() }
        return try await withLimit(Self.limit, "the model server to listen") {
            for await result in stream { return try result.get() }
            throw CancellationError()
        }
    }
}
