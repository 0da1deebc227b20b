/// How the hub talks to the app-server.
package enum AppServerMode: String, Sendable, Hashable, CaseIterable {
    /// Over a unix socket: the app-server outlives the hub.
    case socket
    /// Over its standard streams: it ends with the hub.
    case stdio
}
