package import OrchCore

/// A comment in the conversation of an issue or pull request.
///
/// Source: https://docs.github.com/en/rest/issues/comments#get-an-issue-comment
package struct GHComment: Sendable, Hashable {
    /// Its number, which edits go by.
    package var id: Int64
    /// The number of the issue or pull request.
    package var issue: Int
    /// Who wrote it.
    package var author: GHUser
    /// How the author is related to the repository.
    package var authorAssociation: GHAssociation
    /// Its text, in Markdown.
    package var body: String
    /// When it was posted.
    package var createdAt: GHTime
    /// When it was last changed.
    package var updatedAt: GHTime
    /// The URL for people.
    package var url: String

    /// Reads one.
    package init(_ json: JSONValue) throws(BadField) {
        let fields = try Fields(json, "comment")
        id = try fields.id()
        issue = try fields.lastNumber("issue_url")
        author = fields.user()
        authorAssociation = fields.association()
        body = fields.words("body")
        updatedAt = try fields.time("updated_at")
        createdAt = fields.optionalTime("created_at") ?? updatedAt
        url = fields.words("html_url")
    }
}
