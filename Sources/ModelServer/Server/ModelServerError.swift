/// What goes wrong in the model server.
///
/// Shown to whoever runs it; a client gets it as an HTTP error.
package struct ModelServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of it.
    package enum Code: String, Sendable, Hashable {
        /// The request is no request of the Responses API.
        case badRequest
        /// The server does not listen.
        case notListening
        /// Something that was waited for did not come in time.
        case timeout
        /// A response is broken off, as its script wants it.
        case brokenOff
    }

    package var code: Code
    package var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
