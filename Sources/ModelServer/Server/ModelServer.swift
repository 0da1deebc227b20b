import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle

/// A model on loopback that speaks the OpenAI Responses API with streaming, from a script.
///
/// It is what `orch demo` and the tests with the real Codex run against: no account, no network, no chance. It listens on
/// 127.0.0.1 only. It ends with cancellation or graceful shutdown; responses that are under way are cut off then.
package struct ModelServer: Service {
    /// What the server was asked.
    package let log = RequestLog()

    private let port: Int
    private let responder: ModelResponder
    private let bound = BoundPort()
    private let logger: Logger
    private let onListening: (@Sendable (Int) async -> Void)?

    /// Makes a server.
    ///
    /// - Parameters:
    ///   - scenario: answers the requests.
    ///   - port: on 127.0.0.1; 0 takes a free one.
    ///   - pace: how fast it speaks.
    ///   - logger: silent by default.
    ///   - onListening: is told the port.
    package init(
        scenario: any Scenario,
        port: Int = 0,
        pace: Pace = .instant,
        logger: Logger = Logger(label: "model", factory: { _ in SwiftLogNoOpLogHandler() }),
        onListening: (@Sendable (Int) async -> Void)? = nil
    ) {
        self.port = port
        self.logger = logger
        self.onListening = onListening
        responder = ModelResponder(scenario: scenario, pace: pace, log: log, logger: logger)
    }

    /// The port that it listens on, as soon as it does.
    ///
    /// - Throws: `ModelServerError` when it could not listen, or was not run within 30 s.
    package var listeningPort: Int {
        get async throws { try await bound.value() }
    }

    /// Serves until cancelled or shut down.
    package func run() async throws {
        let app = Application(
            responder: responder,
            configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: "orch-model"),
            onServerRunning: { channel in
                guard let port = channel.localAddress?.port else { return }
                bound.resolve(.success(port))
                await onListening?(port)
            },
            logger: logger
        )
        do {
            try await app.run()
            bound.resolve(.failure(ModelServerError(.notListening, "the model server has ended")))
        } catch {
            bound.resolve(
                .failure(
                    ModelServerError(.notListening, "the model server cannot listen on 127.0.0.1:\(port): \(error)")
                )
            )
            throw error
        }
    }
}
