/// How long an exchange may take, and how large an answer may be.
package struct TransportLimits: Sendable, Hashable {
    /// How long finding the host, connecting and the TLS handshake may take.
    package var connect: Duration
    /// How long all of it may take, from the call to the last byte.
    ///
    /// GitHub itself gives up after 10 seconds:
    /// https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#timeouts
    package var request: Duration
    /// How many bytes of a body are taken.
    ///
    /// A page of 100 issues with bodies of the greatest size has 26 MB.
    package var bodyBytes: Int
    /// How long a connection for reads is kept when nothing is asked.
    package var idle: Duration

    /// Limits; the defaults are those of the daemon.
    package init(
        connect: Duration = .seconds(10),
        request: Duration = .seconds(15),
        bodyBytes: Int = 32 << 20,
        idle: Duration = .seconds(90)
    ) {
        self.connect = connect
        self.request = request
        self.bodyBytes = bodyBytes
        self.idle = idle
    }
}
