/// A reaction to a comment.
///
/// Source: https://docs.github.com/en/rest/reactions/reactions#about-reactions
package enum GHReaction: String, Sendable, Hashable, CaseIterable {
    case thumbsUp = "+1"
    case thumbsDown = "-1"
    case laugh
    case confused
    case heart
    case hooray
    case rocket
    case eyes

    /// What is reacted to.
    package enum Target: String, Sendable, Hashable, CaseIterable {
        /// A comment in a conversation.
        case comment
        /// A comment on a line of a pull request.
        case reviewComment = "review_comment"
    }
}
