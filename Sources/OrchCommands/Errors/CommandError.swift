/// What a person is told when a command can't be done: what, where, and what to do.
///
/// Thrown by commands for what they find themselves; `ErrorWords` makes one of every other error.
struct CommandError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The exit code.
    var status: ExitStatus
    /// What is wrong, and where.
    var message: String
    /// What to do about it.
    var hint: String?

    /// An error in words.
    init(_ status: ExitStatus, _ message: String, hint: String? = nil) {
        self.status = status
        self.message = message
        self.hint = hint
    }

    var description: String { hint.map { "\(message) (\($0))" } ?? message }
}
