package import OrchCore

/// An issue that another one waits for.
///
/// Source: https://docs.github.com/en/rest/issues/issue-dependencies
package struct GHBlocker: Sendable, Hashable {
    /// Its number in all of GitHub.
    package var id: Int64
    /// Where it is: blockers may be in other repositories.
    package var repository: RepositoryName
    /// Its number in its repository.
    package var number: Int
    /// Its title.
    package var title: String
    /// Whether it still blocks.
    package var isOpen: Bool
    /// Why it is closed: `completed`, `not_planned`, `duplicate`.
    package var stateReason: String?

    /// Reads one.
    package init(_ json: JSONValue) throws(BadField) {
        let fields = try Fields(json, "blocker")
        id = try fields.id()
        number = try fields.number()
        title = fields.words("title")
        isOpen = try fields.state() == .open
        stateReason = fields["state_reason"]?.stringValue
        let parts = fields.words("repository_url").split(separator: "/").suffix(2)
        guard parts.count == 2, let owner = parts.first, let last = parts.last,
            let name = RepositoryName(owner: owner, name: last)
        else { throw fields.missing("repository_url") }
        repository = name
    }
}
