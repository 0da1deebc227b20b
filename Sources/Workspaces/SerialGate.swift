import Timers

/// Lets one caller in at a time, in the order of arrival, and holds across `await`, which an actor does not.
final class SerialGate: Sendable {
    private let turnstile = Turnstile(places: 1)

    /// Runs the body when everybody before is through.
    ///
    /// - Throws: what the body throws, or `WorkspaceError` with code `cancelled` when the caller was cancelled while waiting.
    func run<T>(_ body: () async throws(WorkspaceError) -> T) async throws(WorkspaceError) -> T {
        guard await turnstile.enter() else {
            throw WorkspaceError(.cancelled, "git was not asked, because the hub no longer waits for it")
        }
        defer { turnstile.leave() }
        return try await body()
    }
}
