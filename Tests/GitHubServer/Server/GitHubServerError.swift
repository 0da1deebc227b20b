/// What goes wrong in the server itself, or in waiting for it.
package struct GitHubServerError: Error, Sendable, CustomStringConvertible {
    /// The kinds of it.
    package enum Code: String, Sendable {
        /// It does not listen.
        case notListening
        /// Something that was waited for did not come in time.
        case timeout
        /// An answer is broken off, as a fault wants it.
        case brokenOff
    }

    package var code: Code
    package var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}

/// Waits for something no longer than a limit.
///
/// - Throws: `GitHubServerError` with code `timeout`, which says what was waited for.
func withLimit<T: Sendable>(_ limit: Duration, _ what: String, _ body: @escaping @Sendable () async throws -> T)
    async throws -> T
{
    try await withThrowingTaskGroup(of: T.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            throw GitHubServerError(.timeout, "waited \(limit) for \(what)")
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw CancellationError() }
        return value
    }
}
