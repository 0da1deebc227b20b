/// How a connection introduces itself, and its limits.
package struct ConnectionOptions: Sendable, Hashable {
    /// The client's name, which codex sends to the model's service as `originator`.
    package var name: String
    /// The client's name for people.
    package var title: String
    /// The client's version.
    package var version: String
    /// Notifications that the server is asked not to send.
    package var optOut: [String]
    /// How many received messages may wait for the consumer before reading from the server stops.
    package var waitingMessages: Int
    /// How many received bytes may wait for the consumer before reading from the server stops.
    package var waitingBytes: Int
    /// How much of what can't be understood is borne before the connection is ended.
    package var faults: Int
    /// How long the server may take to answer `initialize`.
    package var handshakeLimit: Duration

    /// Options.
    package init(
        name: String = "orch",
        title: String = "Orch",
        version: String = "0.1.0",
        optOut: [String] = NotificationMethods.unneeded,
        waitingMessages: Int = 10_000,
        waitingBytes: Int = 8 << 20,
        faults: Int = 1_000,
        handshakeLimit: Duration = .seconds(10)
    ) {
        self.name = name
        self.title = title
        self.version = version
        self.optOut = optOut
        self.waitingMessages = waitingMessages
        self.waitingBytes = waitingBytes
        self.faults = faults
        self.handshakeLimit = handshakeLimit
    }
}
