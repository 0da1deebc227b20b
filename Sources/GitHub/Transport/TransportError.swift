/// No whole answer came.
package struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is known of the request.
    package enum Fate: Sendable, Hashable {
        /// It surely did not get there whole, so nothing was done.
        case notSent
        /// It may have got there: it may have been done, wholly.
        case unknown
    }

    /// What happened, as far as that decides what to do.
    package enum Reason: Sendable, Hashable {
        /// No connection could be made.
        case noConnection
        /// The connection ended.
        case connectionLost
        /// It took longer than its limit.
        case timedOut
        /// The answer is larger than the limit.
        case tooLarge
        /// What came is no HTTP.
        case malformed
        /// Whoever asked does not want the answer any more.
        case cancelled
    }

    /// What is known of the request.
    package var fate: Fate
    /// What happened.
    package var reason: Reason
    /// What happened, in words.
    package var message: String

    /// A failure.
    package init(_ fate: Fate, _ reason: Reason, _ message: String) {
        self.fate = fate
        self.reason = reason
        self.message = message
    }

    /// The message.
    package var description: String { message }
}
