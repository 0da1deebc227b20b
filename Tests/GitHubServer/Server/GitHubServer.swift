import HummingbirdCore
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// GitHub on loopback: the REST API, and enough GraphQL for gh, over a model that tests drive.
///
/// It listens on 127.0.0.1 only, and ends with cancellation or graceful shutdown.
package struct GitHubServer: Service {
    package let model: GitHubModel

    private let port: Int
    private let logger: Logger
    private let bound = BoundPort()

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - model: what it serves.
    ///   - port: on 127.0.0.1; 0 takes a free one.
    ///   - logger: silent by default.
    package init(
        _ model: GitHubModel,
        port: Int = 0,
        logger: Logger = Logger(label: "github", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        self.model = model
        self.port = port
        self.logger = logger
    }

    /// The port that it listens on, as soon as it does.
    ///
    /// - Throws: `GitHubServerError` when it could not listen, or was not run within 30 s.
    package var listeningPort: Int {
        get async throws { try await bound.value() }
    }

    /// Serves until cancelled or shut down.
    package func run() async throws {
        let responder = GitHubResponder(model: model)
        // Not Hummingbird's Application, which would put its own time into `Date`.
        let server = try HTTPServerBuilder.http1().buildServer(
            configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: nil),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger,
            responder: { request, writer, channel in
                try await responder.respond(to: request, writer: writer, channel: channel)
            },
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { bound.resolve(.success(port)) }
            }
        )
        do {
            try await server.run()
            bound.resolve(.failure(GitHubServerError(.notListening, "the server has ended")))
        } catch {
            let message = "the server cannot listen on 127.0.0.1:\(port): \(error)"
            bound.resolve(.failure(GitHubServerError(.notListening, message)))
            throw error
        }
    }

    /// Runs a server on a free port around a body, and ends it.
    package static func with<T: Sendable>(
        _ model: GitHubModel,
        _ body: @escaping @Sendable (_ port: Int) async throws -> T
    ) async throws -> T {
        let server = GitHubServer(model)
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask {
                try await server.run()
                return nil
            }
            group.addTask { try await body(try await server.listeningPort) }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }
}

/// The port that the server got, once it has it.
private final class BoundPort: Sendable {
    private static let limit = Duration.seconds(30)

    private struct State {
        var result: Result<Int, GitHubServerError>?
        var waiters: [AsyncStream<Void>.Continuation] = []
    }

    private let state = Mutex(State())

    /// Tells the port, or that there will be none; only the first call counts.
    func resolve(_ result: Result<Int, GitHubServerError>) {
        let waiters = state.withLock { state in
            if state.result == nil { state.result = result }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.finish() }
    }

    /// Waits for the port.
    func value() async throws -> Int {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        state.withLock { state in
            if state.result == nil { state.waiters.append(continuation) } else { continuation.finish() }
        }
        try await withLimit(Self.limit, "the server to listen") { for await _ in stream {} }
        guard let result = state.withLock({ $0.result }) else { throw CancellationError() }
        return try result.get()
    }
}
