/// What a user may do in a repository.
///
/// See docs.github.com "Repository roles for an organization"; `none` reads a public repository, and comments there.
package enum Role: Int, Sendable, Comparable, CaseIterable {
    case none, read, triage, write, maintain, admin

    /// The name that the collaborator API gives.
    package var name: String {
        switch self {
        case .none: "none"
        case .read: "read"
        case .triage: "triage"
        case .write: "write"
        case .maintain: "maintain"
        case .admin: "admin"
        }
    }

    /// The role of a name; nil if it is none.
    package init?(name: String) {
        guard let role = Role.allCases.first(where: { $0.name == name }) else { return nil }
        self = role
    }

    /// The older, coarser name: `maintain` is `write`, `triage` is `read`.
    package var permission: String {
        switch self {
        case .maintain: "write"
        case .triage: "read"
        default: name
        }
    }

    package static func < (lhs: Role, rhs: Role) -> Bool { lhs.rawValue < rhs.rawValue }
}
