/// How somebody is related to the repository.
///
/// It is a relation, not a permission: an administrator of the organization may show as `none`. `GitHubClient.permission` knows.
///
/// Source: https://docs.github.com/en/graphql/reference/enums#commentauthorassociation
package enum GHAssociation: String, Sendable, Hashable, CaseIterable {
    case owner = "OWNER"
    case member = "MEMBER"
    case collaborator = "COLLABORATOR"
    case contributor = "CONTRIBUTOR"
    case firstTimer = "FIRST_TIMER"
    case firstTimeContributor = "FIRST_TIME_CONTRIBUTOR"
    case mannequin = "MANNEQUIN"
    case none = "NONE"

    /// Whether it surely comes with write access: a member or a collaborator may have read access only.
    package var isOwner: Bool { self == .owner }
}
