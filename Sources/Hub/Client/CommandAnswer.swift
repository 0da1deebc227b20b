package import OrchCore

/// What became of a command that was handed to the hub.
package enum CommandAnswer: Sendable, Hashable {
    /// It was done; what the hub answered.
    case done(JSONValue)
    /// It waits for a daemon: its row, and words for the person who asked.
    case queued(id: Int64, note: String)
}
