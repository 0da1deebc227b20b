/// A repository.
package struct ForgeRepository: Sendable {
    package var id: Int64
    package var owner: String
    package var name: String
    package var isPrivate = false
    package var isArchived = false
    package var hasIssues = true
    /// The path of the bare git repository; without it, there are no branches and no pull requests.
    package var remote: String?
    /// The default branch, as git's HEAD says; kept for when there is no bare repository.
    package var defaultBranch = "main"
    package var createdMs: Int64
    /// The roles of users by lower-cased login; the owner is an admin without it.
    package var roles: [String: Role] = [:]
    /// What `author_association` says about users, where it is not what their role suggests.
    package var associations: [String: String] = [:]
    package var nextNumber = 1
    package var issues: [Int: ForgeIssue] = [:]
    package var labels: [Int64: ForgeLabel] = [:]
    /// The numbers of deleted issues: 410.
    package var deleted: Set<Int> = []
    /// Where transferred issues went: 301.
    package var transferred: [Int: IssuePlace] = [:]
    package var checks: [String: [ForgeCheck]] = [:]
    package var statuses: [String: [ForgeStatus]] = [:]
    /// Whose pull requests were merged, in lower case.
    package var contributors: Set<String> = []
    package var deletesMergedBranches = false

    /// `owner/name`.
    package var fullName: String { "\(owner)/\(name)" }

    /// The label of a name, whatever its case.
    package func label(named name: String) -> ForgeLabel? {
        let key = name.lowercased()
        return labels.values.first { $0.name.lowercased() == key }
    }

    /// The names of an issue's labels.
    package func labelNames(_ issue: ForgeIssue) -> [String] { issue.labels.compactMap { labels[$0]?.name } }
}
