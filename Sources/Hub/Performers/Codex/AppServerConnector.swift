import CodexAppServer
import Settings

/// `app_server.connect`.
struct AppServerConnector {
    private let context: PerformerContext

    init(_ context: PerformerContext) {
        self.context = context
    }

    func perform(_ it: Effect.Connect) async -> EffectResult {
        guard it.mode == "socket" else {
            guard let launcher = context.link.launcher(server: it.server) else {
                return .failed(code: .serverGone, reason: "it was a child of a daemon that ended")
            }
            do { return connected(it, try await connect(StdioTransport(launcher))) } catch {
                return .failed(code: .serverGone, reason: error.message)
            }
        }
        guard let socket = it.socket, let pid = it.pid, let startTime = it.startTime, let bootID = it.bootID else {
            return .failed(code: .serverGone, reason: "nothing is known of its process")
        }
        let identity = ProcessIdentity(pid: pid, startTime: startTime, bootID: bootID)
        guard identity.isAlive else { return gone(identity) }
        do { return connected(it, try await connect(UnixWebSocketTransport(path: socket))) } catch {
            return identity.isAlive ? .retry(reason: error.message) : gone(identity)
        }
    }

    private func connect(_ transport: any Transport) async throws(AppServerError) -> AppServerConnection {
        try await AppServerConnection.connect(transport, logger: context.logger)
    }

    private func connected(_ it: Effect.Connect, _ connection: AppServerConnection) -> EffectResult {
        let limit = Duration.milliseconds(context.settings.value.requestLimitMs)
        context.link.set(.init(server: it.server, client: CodexClient(connection, timeout: limit)))
        return .done(.connected(version: connection.server.version))
    }

    private func gone(_ identity: ProcessIdentity) -> EffectResult {
        ChildProcess.collect(identity.pid)
        let words = AppServerLog.lastWords(context.codex.logPath)
        return .failed(code: .serverGone, reason: "process \(identity.pid) has ended; its last words: \(words)")
    }
}
