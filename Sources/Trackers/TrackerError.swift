/// Why a tracker did not do something.
package struct TrackerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// There is no such issue.
        case notFound = "not_found"
        /// The tracker can't be reached or is busy: the same again may succeed.
        case unavailable
        /// The tracker refused for good.
        case refused
    }

    /// What kind of failure.
    package var code: Code
    /// What happened, where, and what to do.
    package var message: String

    /// An error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    package var description: String { message }
}
