import Synchronization

/// What the server was asked, for tests and for the demo's summary.
package final class RequestLog: Sendable {
    /// How many requests are kept whole.
    package static let keptMax = 512

    private struct State {
        var total = 0
        var perThread: [String: Int] = [:]
        var kept: [ModelRequest] = []
        var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextWatcher = 0
    }

    private let state = Mutex(State())

    /// How many model requests there were.
    package var requests: Int { state.withLock(\.total) }
    /// How many there were of each thread.
    package var requestsPerThread: [String: Int] { state.withLock(\.perThread) }
    /// The newest requests, oldest first, at most `keptMax`.
    package var kept: [ModelRequest] { state.withLock(\.kept) }

    /// How many requests a thread made.
    package func requests(thread: String) -> Int { state.withLock { $0.perThread[thread] ?? 0 } }

    /// Waits until there were `count` requests.
    ///
    /// - Parameters:
    ///   - count: how many.
    ///   - limit: how long at most.
    /// - Throws: `ModelServerError` with code `timeout`.
    package func waitForRequests(_ count: Int, limit: Duration = .seconds(30)) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let watcher = state.withLock { state in
            state.nextWatcher += 1
            state.watchers[state.nextWatcher] = continuation
            return state.nextWatcher
        }
        defer { state.withLock { _ = $0.watchers.removeValue(forKey: watcher) } }
        try await withLimit(limit, "\(count) model requests") {
            if self.requests >= count { return }
            for await _ in stream where self.requests >= count { return }
            throw CancellationError()
        }
    }

    /// Counts a request of a thread.
    ///
    /// - Returns: how many there were before.
    func count(thread: String) -> Int {
        state.withLock { state in
            state.total += 1
            let before = state.perThread[thread] ?? 0
            state.perThread[thread] = before + 1
            return before
        }
    }

    /// Keeps a request, and wakes who waits for it.
    func keep(_ request: ModelRequest) {
        let watchers = state.withLock { state in
            state.kept.append(request)
            if state.kept.count > Self.keptMax { state.kept.removeFirst() }
            return Array(state.watchers.values)
        }
        for watcher in watchers { watcher.yield() }
    }
}
