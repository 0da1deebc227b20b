package import OrchCore

/// What a repository is.
///
/// Source: https://docs.github.com/en/rest/repos/repos#get-a-repository
package struct GHRepository: Sendable, Hashable {
    /// Its number, which stays when it is renamed.
    package var id: Int64
    /// Its name now, which is another one than was asked for when it was renamed.
    package var fullName: RepositoryName
    /// The branch that pull requests go to.
    package var defaultBranch: String
    /// Whether it is read-only.
    package var isArchived: Bool
    /// Whether GitHub has closed it.
    package var isDisabled: Bool
    /// Whether it has issues at all.
    package var hasIssues: Bool
    /// Whether not everybody sees it.
    package var isPrivate: Bool
    /// Whether the token may push; nil when GitHub does not say, as for tokens of GitHub Apps.
    package var canPush: Bool?

    /// Reads one.
    package init(_ json: JSONValue) throws(BadField) {
        let fields = try Fields(json, "repository")
        id = try fields.id()
        // Typed so that whatever is no name is a field that is missing.
        guard let name = try? RepositoryName(try fields.text("full_name")) else { throw fields.missing("full_name") }
        fullName = name
        defaultBranch = try fields.text("default_branch")
        isArchived = fields.flag("archived")
        isDisabled = fields.flag("disabled")
        hasIssues = fields["has_issues"]?.boolValue ?? true
        isPrivate = fields.flag("private")
        canPush = fields["permissions"]?["push"]?.boolValue
    }
}
