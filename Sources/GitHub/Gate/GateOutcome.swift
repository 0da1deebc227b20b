/// What became of a request that the gate let go.
package enum GateOutcome: Sendable, Hashable {
    /// An answer came.
    case answered(RateFacts)
    /// No answer came: the network or the server is in trouble.
    case failed
    /// Nothing that says anything about the server: it was cancelled, or a kept connection had been closed.
    case neutral
}
