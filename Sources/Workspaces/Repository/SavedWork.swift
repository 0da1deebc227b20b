/// What was put aside of an agent's work, where no clean-up of git's reaches it.
package struct SavedWork: Sendable, Hashable {
    /// The name that keeps it: `refs/orch/saved/<agent>/<time>`.
    package var ref: String
    /// A commit: of all files as they were, or the branch's own when nothing was uncommitted.
    package var commit: String
    /// Folders that are repositories of their own: only the commits that they are at are saved, not their files.
    package var nested: [String]
    /// Whether git could read all files.
    package var isComplete: Bool
}
