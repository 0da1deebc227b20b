/// What the app-server says unasked, in the order in which it said it.
package enum ServerMessage: Sendable, Hashable {
    /// Something happened.
    case notification(ServerNotification)
    /// The server asks for something, and waits until it is answered by `respond` or `reject`, once.
    case request(ServerRequest)
    /// The server said something that can't be understood.
    ///
    /// It was counted and left out; the connection goes on.
    case protocolFault(String)
    /// The connection ended.
    ///
    /// The last message.
    case closed(reason: String)
}
