/// What became of a command.
package enum CommandStatus: String, Sendable, Hashable, CaseIterable {
    case pending, done, refused, failed
}
