package import CodexAppServer
import OrchCore
import Synchronization

/// The one connection to the app-server, shared by those that perform deeds.
package final class AppServerLink: Sendable {
    /// A live connection.
    package struct Live: Sendable {
        /// The row of the server.
        package var server: Int64
        /// Its requests.
        package var client: CodexClient
    }

    private struct State {
        var live: Live?
        /// How to start servers that talk over pipes: those are started when they are connected to.
        var launchers: [Int64: AppServerLauncher] = [:]
        /// Requests for permissions that wait: their answers have another form than those of other approvals.
        var permissions: [RequestID: ApprovalRequest] = [:]
    }

    /// How many waiting requests for permissions are remembered.
    static let permissionLimit = 1_000

    private let state = Mutex(State())

    /// No connection.
    package init() {}

    /// The connection now.
    package var live: Live? { state.withLock { $0.live } }

    /// Takes a new connection; the one before it is closed.
    package func set(_ live: Live) {
        let old = state.withLock { state in
            defer { state.live = live }
            state.permissions = [:]
            return state.live
        }
        old?.client.connection.close()
    }

    /// A connection has ended.
    package func clear(_ connection: AppServerConnection) {
        state.withLock { if $0.live?.client.connection === connection { $0.live = nil } }
    }

    func keep(_ launcher: AppServerLauncher, server: Int64) {
        state.withLock { $0.launchers = [server: launcher] }
    }

    func launcher(server: Int64) -> AppServerLauncher? { state.withLock { $0.launchers[server] } }

    func remember(_ request: ApprovalRequest) {
        guard request.kind == .permissions else { return }
        state.withLock { if $0.permissions.count < Self.permissionLimit { $0.permissions[request.id] = request } }
    }

    func permission(_ id: RequestID) -> ApprovalRequest? { state.withLock { $0.permissions[id] } }
}
