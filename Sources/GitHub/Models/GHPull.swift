package import OrchCore

/// A pull request.
///
/// Source: https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request
package struct GHPull: Sendable, Hashable {
    /// One side of a pull request.
    package struct Side: Sendable, Hashable {
        /// The branch.
        package var ref: String
        /// The commit that it is at.
        package var sha: String
        /// Its repository; nil when that is deleted.
        package var repository: RepositoryName?

        init(_ json: JSONValue?, _ name: String) throws(BadField) {
            let fields = try Fields(json ?? .null, name)
            ref = try fields.text("ref")
            sha = try fields.text("sha")
            // A name that is none of GitHub's is as good as null.
            repository = (fields["repo"]?["full_name"]?.stringValue).flatMap { try? RepositoryName($0) }
        }
    }

    /// Its number in all of GitHub.
    package var id: Int64
    /// Its number in the repository.
    package var number: Int
    /// Its title.
    package var title: String
    /// Its text, in Markdown; empty without one.
    package var body: String
    /// Whether it is open; one that is merged is closed.
    package var state: GHState
    /// Whether it is not ready for review yet.
    package var isDraft: Bool
    /// Whether it was merged.
    package var isMerged: Bool
    /// When it was merged.
    package var mergedAt: GHTime?
    /// The commit that the merge made; nil before, when GitHub only tries the merge.
    package var mergeCommit: String?
    /// The branch that is to be merged.
    package var head: Side
    /// The branch that it is to be merged into.
    package var base: Side
    /// Whether it can be merged; nil while GitHub does not know yet, and in lists.
    package var isMergeable: Bool?
    /// Why or why not: `clean`, `dirty` (conflicts), `blocked`, `behind`, `unstable`, `draft`, `unknown`; nil in lists.
    package var mergeableState: String?
    /// Who opened it.
    package var author: GHUser
    /// When it was opened.
    package var createdAt: GHTime
    /// When anything about it changed.
    package var updatedAt: GHTime
    /// When it was closed or merged.
    package var closedAt: GHTime?
    /// The URL for people.
    package var url: String

    /// Reads one, from a list or by itself.
    package init(_ json: JSONValue) throws(BadField) {
        let fields = try Fields(json, "pull")
        id = try fields.id()
        number = try fields.number()
        title = fields.words("title")
        body = fields.words("body")
        state = try fields.state()
        isDraft = fields.flag("draft")
        mergedAt = fields.optionalTime("merged_at")
        // Lists have only the time.
        isMerged = fields["merged"]?.boolValue ?? (mergedAt != nil)
        mergeCommit = isMerged ? fields["merge_commit_sha"]?.stringValue : nil
        head = try Side(fields["head"], "pull.head")
        base = try Side(fields["base"], "pull.base")
        isMergeable = fields["mergeable"]?.boolValue
        mergeableState = fields["mergeable_state"]?.stringValue
        author = fields.user()
        updatedAt = try fields.time("updated_at")
        createdAt = fields.optionalTime("created_at") ?? updatedAt
        closedAt = fields.optionalTime("closed_at")
        url = fields.words("html_url")
    }
}
