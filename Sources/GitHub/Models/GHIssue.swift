package import OrchCore

/// An issue, or what a pull request is as an issue.
///
/// Source: https://docs.github.com/en/rest/issues/issues#get-an-issue
package struct GHIssue: Sendable, Hashable {
    /// Its number in all of GitHub, which stays when it is transferred.
    package var id: Int64
    /// Its number in the repository.
    package var number: Int
    /// Its title.
    package var title: String
    /// Its text, in Markdown; empty without one.
    package var body: String
    /// The names of its labels, in GitHub's order.
    package var labels: [String]
    /// Whether it is open.
    package var state: GHState
    /// Why it is closed or open again: `completed`, `not_planned`, `duplicate`, `reopened`.
    package var stateReason: String?
    /// Who filed it.
    package var author: GHUser
    /// How the author is related to the repository.
    package var authorAssociation: GHAssociation
    /// When it was filed.
    package var createdAt: GHTime
    /// When anything about it changed, comments included.
    package var updatedAt: GHTime
    /// When it was closed, if it is.
    package var closedAt: GHTime?
    /// Whether it is a pull request.
    package var isPullRequest: Bool
    /// Whether only people of the repository may comment.
    package var isLocked: Bool
    /// How many issues block it, closed ones included; nil if this GitHub does not say.
    package var blockedByTotal: Int?
    /// The URL for people.
    package var url: String

    /// Reads one.
    package init(_ json: JSONValue) throws(BadField) {
        let fields = try Fields(json, "issue")
        id = try fields.id()
        number = try fields.number()
        title = fields.words("title")
        body = fields.words("body")
        labels = fields["labels"]?.arrayValue?.compactMap(GHLabel.name) ?? []
        state = try fields.state()
        stateReason = fields["state_reason"]?.stringValue
        author = fields.user()
        authorAssociation = fields.association()
        updatedAt = try fields.time("updated_at")
        createdAt = fields.optionalTime("created_at") ?? updatedAt
        closedAt = fields.optionalTime("closed_at")
        isPullRequest = fields["pull_request"].map { !$0.isNull } ?? false
        isLocked = fields.flag("locked")
        blockedByTotal = (fields["issue_dependencies_summary"]?["total_blocked_by"]?.intValue).flatMap {
            Int(exactly: $0)
        }
        url = fields.words("html_url")
    }
}
