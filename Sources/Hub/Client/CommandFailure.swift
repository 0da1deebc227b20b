import OrchStore

/// A command that the hub did not do, with the hub's own reason.
package struct CommandFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The command's row.
    package var id: Int64
    /// Its kind.
    package var kind: String
    /// Why.
    package var message: String

    /// A failure.
    package init(id: Int64, kind: String, message: String) {
        self.id = id
        self.kind = kind
        self.message = message
    }

    /// The reason.
    package var description: String { message }
}
