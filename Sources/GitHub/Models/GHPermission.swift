package import OrchCore

/// What somebody may do in a repository.
///
/// Source: https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization
package enum GHPermission: String, Sendable, Hashable, CaseIterable {
    case admin
    /// May push; maintainers too.
    case write
    /// May set labels and close issues, not push.
    case triage
    case read
    case none

    /// Reads the answer about somebody; whatever is not known is `none`.
    ///
    /// `role_name` tells more, but may be a role that an organization has made up; `permission` then says what it comes to.
    package init(_ json: JSONValue) {
        switch json["role_name"]?.stringValue {
        case "admin": self = .admin
        case "maintain", "write": self = .write
        case "triage": self = .triage
        case "read": self = .read
        default:
            self = json["permission"]?.stringValue.flatMap(GHPermission.init(rawValue:)) ?? .none
        }
    }

    /// Whether what they say may steer agents.
    package var canWrite: Bool { self == .admin || self == .write }
}
