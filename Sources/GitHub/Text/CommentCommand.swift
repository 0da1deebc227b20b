/// What a person can tell orch in a comment.
package enum CommentCommand: Sendable, Hashable {
    case status
    case stop
    case retry
    /// A new budget for the agent of this issue, in milliseconds.
    case budget(ms: Int64)
    /// A new time between check-ins, in milliseconds.
    case checkin(ms: Int64)
    /// Allows what an agent asks for.
    case approve(id: Int64)
    /// Refuses it.
    case deny(id: Int64)
}
