/// What a route asks of who uses it.
struct Access: Sendable {
    /// The least role in the repository.
    var role: Role
    /// What a fine-grained token needs, each a sufficient one, such as `issues=write`.
    var permissions: [String]
    /// Whether it changes something: needs somebody, and a repository that is not archived.
    var isWrite: Bool

    /// Reading what anybody may who sees the repository.
    static func read(_ permissions: String...) -> Access {
        Access(role: .none, permissions: permissions, isWrite: false)
    }

    /// Reading that needs a role.
    static func read(as role: Role, _ permissions: String...) -> Access {
        Access(role: role, permissions: permissions, isWrite: false)
    }

    /// Changing, with a role.
    static func write(as role: Role, _ permissions: String...) -> Access {
        Access(role: role, permissions: permissions, isWrite: true)
    }
}
