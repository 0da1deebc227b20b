/// A reaction to an issue or a comment.
package struct ForgeReaction: Sendable {
    /// What GitHub knows (docs.github.com/rest/reactions).
    package static let contents = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"]

    package var id: Int64
    package var user: String
    package var content: String
    package var atMs: Int64
}
