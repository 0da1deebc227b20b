package import OrchCore

/// A comment in the conversation of an issue or pull request.
///
/// Source: https://docs.github.com/en/rest/issues/comments#get-an-issue-comment
package struct GHComment: Sendable, Hashable {
    package var id: Int64
    /// The number of the issue or pull request.
    package var issue: Int
    package var author: GHUser
    package var authorAssociation: GHAssociation
    package var body: String
    package var createdAt: GHTime
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
