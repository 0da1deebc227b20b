/// A comment of an issue's or a pull request's conversation.
package struct ForgeComment: Sendable {
    package var id: Int64
    package var author: String
    package var body: String
    package var createdMs: Int64
    package var updatedMs: Int64
    package var reactions: [ForgeReaction] = []
    /// How often its body was changed.
    package var edits = 0
}
