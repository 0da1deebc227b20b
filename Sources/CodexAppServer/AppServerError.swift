package import OrchCore

/// Why something about the app-server did not succeed.
///
/// Thrown by everything in this module. `code` tells what follows: `overloaded` was surely not done and may be tried again; after `timeout` and
/// `disconnected` nobody knows, so whether it was done has to be found out first; `server` is a refusal, whose meaning
/// `AppServerError+Meaning.swift` reads; the others are shown to a person.
package struct AppServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure; a new one is a compile error where it matters.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// No answer came in time: it may have been done.
        case timeout
        /// The connection ended before an answer came: it may have been done.
        case disconnected
        /// The server refused.
        case server
        /// The server, or the way to it, is full: not done, try again later.
        case overloaded
        /// The server is shutting down and takes nothing new: not done; connect to the next one.
        case draining
        /// An answer came that is larger than the limit, and was thrown away: it was done.
        case tooLarge = "too_large"
        /// Whoever asked does not want the answer any more: it may have been done.
        case cancelled
        /// The other side does not speak the protocol.
        case handshake
        /// A process could not be started, or ended at once.
        case launch
        /// No codex is there, or one that is too old.
        case codexMissing = "codex_missing"
        /// A folder, file or socket is not as it has to be.
        case files
        /// The user's configuration of codex can't be read.
        case configuration
    }

    /// What the server said when it refused.
    package struct Refusal: Sendable, Hashable {
        /// The JSON-RPC error code.
        package var code: Int64
        /// The JSON-RPC error text.
        package var message: String
        /// The JSON-RPC error data, or null.
        package var data: JSONValue

        /// A refusal.
        package init(code: Int64, message: String, data: JSONValue = .null) {
            self.code = code
            self.message = message
            self.data = data
        }
    }

    /// What kind of failure.
    package var code: Code
    /// What happened, where, and what to do.
    package var message: String
    /// The method that was asked for.
    package var method: String?
    /// What the server said, for `server`, `overloaded` and `draining`.
    package var refusal: Refusal?

    /// An error.
    package init(_ code: Code, _ message: String, method: String? = nil, refusal: Refusal? = nil) {
        self.code = code
        self.message = message
        self.method = method
        self.refusal = refusal
    }

    /// The words of `message`; the code stands in `code`.
    package var description: String { message }
}
