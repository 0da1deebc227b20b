package import OrchCore

/// A comment on a line of a pull request.
///
/// Source: https://docs.github.com/en/rest/pulls/comments#list-review-comments-on-a-pull-request
package struct GHReviewComment: Sendable, Hashable {
    /// Its number, which reactions go by.
    package var id: Int64
    /// The number of the pull request.
    package var pull: Int
    /// The review that it was sent off with.
    package var review: Int64?
    /// Who wrote it.
    package var author: GHUser
    /// How the author is related to the repository.
    package var authorAssociation: GHAssociation
    /// The file.
    package var path: String
    /// The line in the newest commit, else in the commit that it was written on; nil for a comment on the whole file.
    package var line: Int?
    /// Whether the line is no more in the newest commit.
    package var isOutdated: Bool
    /// Its text, in Markdown.
    package var body: String
    /// When it was written.
    package var createdAt: GHTime
    /// When it was last changed.
    package var updatedAt: GHTime
    /// The comment that it answers.
    package var inReplyTo: Int64?

    /// Reads one.
    package init(_ json: JSONValue) throws(BadField) {
        let fields = try Fields(json, "review comment")
        id = try fields.id()
        pull = try fields.lastNumber("pull_request_url")
        review = fields["pull_request_review_id"]?.intValue
        author = fields.user()
        authorAssociation = fields.association()
        path = fields.words("path")
        let now = fields["line"]?.intValue
        let first = fields["original_line"]?.intValue
        line = (now ?? first).flatMap { Int(exactly: $0) }
        isOutdated = now == nil && first != nil
        body = fields.words("body")
        updatedAt = try fields.time("updated_at")
        createdAt = fields.optionalTime("created_at") ?? updatedAt
        inReplyTo = fields["in_reply_to_id"]?.intValue
    }
}
