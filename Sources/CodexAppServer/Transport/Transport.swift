/// A way to an app-server that carries whole messages in both directions, in order.
///
/// Implementations: `UnixWebSocketTransport` and `StdioTransport`. One transport is opened once and closed once.
package protocol Transport: Sendable {
    /// Connects, and from then on hands over what arrives.
    ///
    /// `receive` is called on one thread, in order of arrival, must not block, and last gets `closed`.
    ///
    /// - Throws: `AppServerError`, after which nothing is received.
    func open(_ receive: @escaping @Sendable (TransportEvent) -> Void) async throws(AppServerError)

    /// Queues a message for sending.
    ///
    /// - Throws: `AppServerError` with `overloaded` when the other side does not read, `disconnected` when it is gone; then nothing was sent.
    func send(_ message: [UInt8]) throws(AppServerError)

    /// Stops or goes on with reading, so that what is not taken off stays in the system's bounded buffers.
    ///
    /// A server whose client does not read for long cuts it off (seen with codex 0.163); its turns go on. The client reconnects and reads
    /// the history.
    func setReading(_ isReading: Bool)

    /// Ends the connection.
    ///
    /// Idempotent.
    func close()
}

/// What a transport received.
package enum TransportEvent: Sendable, Hashable {
    /// One whole message, which should be JSON.
    case message([UInt8])
    /// A message longer than the limit, thrown away but for its beginning.
    case oversized(prefix: [UInt8], limit: Int)
    /// Something that is no message; the connection goes on.
    case fault(String)
    /// The end, with the reason.
    ///
    /// Nothing follows.
    case closed(String)
}

/// The limits of a transport.
package struct TransportLimits: Sendable, Hashable {
    /// The longest message that is taken.
    ///
    /// `thread/read` answers of 1.6 MB were seen.
    package var messageBytes: Int
    /// How much may wait to be sent to a server that does not read.
    package var outgoingBytes: Int
    /// A message that is longer is sent in fragments: codex closes the connection on a frame of more than 16 MiB.
    package var frameBytes: Int

    /// Limits.
    package init(messageBytes: Int = 64 << 20, outgoingBytes: Int = 32 << 20, frameBytes: Int = 4 << 20) {
        self.messageBytes = messageBytes
        self.outgoingBytes = outgoingBytes
        self.frameBytes = frameBytes
    }
}
