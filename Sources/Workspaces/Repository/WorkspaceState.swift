/// Whether a worktree is still what the hub left there (P-09).
package struct WorkspaceState: Sendable, Hashable {
    /// Why work must not go on there; nil when it may.
    package var problem: String?
    /// The branch that it is on, as far as known.
    package var branch: String?
    /// Its commit, as far as known.
    package var head: String?

    /// Whether work may go on there.
    package var isGood: Bool { problem == nil }
}
