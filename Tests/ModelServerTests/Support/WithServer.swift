import ServiceLifecycle

@testable import ModelServer

/// Runs a server around a body, and ends it.
func withServer<T: Sendable>(
    _ scenario: any Scenario,
    pace: Pace = .instant,
    _ body: @escaping @Sendable (ModelServer, Int) async throws -> T
) async throws -> T {
    let server = ModelServer(scenario: scenario, pace: pace)
    return try await withThrowingTaskGroup(of: T?.self) { group in
        group.addTask {
            try await server.run()
            return nil
        }
        group.addTask { try await body(server, try await server.listeningPort) }
        defer { group.cancelAll() }
        while let result = try await group.next() {
            if let result { return result }
        }
        throw CancellationError()
    }
}
