/// What goes wrong in the hub itself.
package struct HubError: Error, Sendable, CustomStringConvertible {
    /// The kinds that a caller may want to tell apart.
    package enum Code: String, Sendable {
        /// A row of the outbox that this version can't perform: settled as failed.
        case unknownEffect
        /// Another daemon took the database over (I1): this one ends.
        case superseded
        /// A command can't be done: the reason goes back to who asked.
        case refused
        /// A command named something that isn't there.
        case notFound
        /// The machine lacks something: codex, git.
        case unavailable
        /// Something took too long.
        case timeout
        /// The hub broke one of its own rules.
        case internalError
    }

    package var code: Code
    package var message: String

    /// An error saying what, where and what to do.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
