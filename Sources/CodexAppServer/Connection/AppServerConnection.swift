package import Logging
package import OrchCore
import Synchronization

/// An initialized connection to an app-server: requests with answers, and everything the server says unasked, in order.
///
/// States: open, then closed for good; whoever wants to go on makes a new one. What happened in between is in the server's history, not here. The
/// receiving thread parses, settles answers, and queues the rest for the one consumer of `incoming`.
package final class AppServerConnection: Sendable {
    /// What the server said of itself.
    package let server: ServerInfo
    private let core: Core

    private init(server: ServerInfo, core: Core) {
        self.server = server
        self.core = core
    }

    /// Connects and shakes hands.
    ///
    /// - Throws: `AppServerError`; the transport is closed then.
    package static func connect(
        _ transport: any Transport,
        options: ConnectionOptions = .init(),
        logger: Logger = Logger(label: "orch.codex")
    ) async throws(AppServerError) -> AppServerConnection {
        let core = Core(transport: transport, options: options, logger: logger)
        try await transport.open { core.receive($0) }
        do throws(AppServerError) {
            let answer = try await core.request(
                "initialize",
                Self.introduction(options),
                timeout: options.handshakeLimit
            )
            try core.notify("initialized")
            return AppServerConnection(server: ServerInfo(answer), core: core)
        } catch {
            transport.close()
            throw error
        }
    }

    /// Asks for something.
    ///
    /// - Throws: `AppServerError`: `timeout`, `disconnected`, `cancelled` (nobody knows whether it was done), `overloaded`, `draining` (surely not done),
    ///   `server` (refused), `tooLarge` (done, but the answer is too long).
    package func request(_ method: String, _ params: JSONValue = [:], timeout: Duration = .seconds(30))
        async throws(AppServerError) -> JSONValue
    {
        try await core.request(method, params, timeout: timeout)
    }

    /// What the server says unasked.
    ///
    /// For one consumer.
    package var incoming: IncomingMessages { IncomingMessages(queue: core.queue) }

    /// All messages that wait, at least one, for a consumer that works in groups; empty after `closed`, and when the
    /// task is cancelled.
    package func nextMessages() async -> [ServerMessage] { await core.queue.take() }

    /// Answers a request of the server.
    ///
    /// The server ignores an answer to a request that is settled.
    ///
    /// - Throws: `AppServerError`: `disconnected`, `overloaded`; then it was not sent.
    package func respond(_ id: RequestID, _ result: JSONValue) throws(AppServerError) {
        try core.send(["id": id.json, "result": result])
    }

    /// Refuses a request of the server.
    ///
    /// - Throws: `AppServerError`: `disconnected`, `overloaded`; then it was not sent.
    package func reject(_ id: RequestID, code: Int64 = -32601, message: String) throws(AppServerError) {
        try core.send(["id": id.json, "error": ["code": .integer(code), "message": .string(message)]])
    }

    /// How much was received that could not be understood.
    package var faultCount: Int { core.faultCount }

    /// How many messages wait for the consumer.
    package var waitingCount: Int { core.queue.count }

    /// Ends the connection.
    ///
    /// Pending requests end as `disconnected`, `incoming` with `closed`.
    package func close() { core.close("closed by the hub") }

    private static func introduction(_ options: ConnectionOptions) -> JSONValue {
        [
            "clientInfo": [
                "name": .string(options.name), "title": .string(options.title), "version": .string(options.version),
            ],
            "capabilities": [
                "experimentalApi": true, "optOutNotificationMethods": .array(options.optOut.map { .string($0) }),
            ],
        ]
    }
}
