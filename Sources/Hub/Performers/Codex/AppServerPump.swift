import CodexAppServer
package import Logging
import OrchCore
import ServiceLifecycle

/// Feeds what the app-server says into the hub, in its order, group by group.
///
/// When the hub is slow, the inbox is full and this waits; then the connection stops reading, and memory does not grow.
package struct AppServerPump: Service {
    private let connections: AsyncStream<AppServerLink.Live>
    private let feed: AsyncStream<AppServerLink.Live>.Continuation
    private let link: AppServerLink
    private let inbox: Inbox
    private let logger: Logger

    /// A pump.
    package init(link: AppServerLink, inbox: Inbox, logger: Logger) {
        (connections, feed) = AsyncStream.makeStream(of: AppServerLink.Live.self, bufferingPolicy: .unbounded)
        self.link = link
        self.inbox = inbox
        self.logger = logger
    }

    /// Begins to pump: to be called when the hub has been told of the connection, so that it knows whose messages come.
    package func begin(_ live: AppServerLink.Live) { feed.yield(live) }

    package func run() async throws {
        let connections = self.connections
        await withDiscardingTaskGroup { group in
            for await live in connections.cancelOnGracefulShutdown() { group.addTask { await pump(live) } }
            group.cancelAll()
        }
    }

    private func pump(_ live: AppServerLink.Live) async {
        let connection = live.client.connection
        var translator = CodexTranslator()
        var reason = "the connection ended"
        while true {
            let messages = await connection.nextMessages()
            guard !messages.isEmpty else { break }
            var inputs: [Input] = []
            for message in messages {
                switch translator.translate(message) {
                case .said(let said): inputs += said.map { .codex(server: live.server, $0) }
                case .refuse(let id, let why): refuse(id, why, connection)
                case .closed(let why): reason = why
                }
                if case .request(.approval(let request)) = message { link.remember(request) }
            }
            await inbox.send(inputs)
        }
        connection.close()
        link.clear(connection)
        guard !Task.isCancelled else { return }
        await inbox.send([.disconnected(server: live.server, reason: reason)])
    }

    private func refuse(_ id: RequestID, _ why: String, _ connection: AppServerConnection) {
        do { try connection.reject(id, message: why) } catch {
            // The connection has ended or is full; codex asks again after the next resume.
            logger.debug("a request of codex was not refused", metadata: ["error": "\(error)"])
        }
    }
}
