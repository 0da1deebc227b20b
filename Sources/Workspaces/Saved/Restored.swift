/// What was brought back of saved work, and where it is.
package struct Restored: Sendable, Hashable {
    package var saved: SavedWork
    /// The branch that has its commits.
    package var branch: String
    /// Whether the branch was made for it; else it was there.
    package var madeBranch: Bool
    /// The branch's commit.
    package var head: String
    /// The worktree that has its uncommitted files; nil when all was committed.
    package var worktree: String?
    /// How many files are uncommitted there.
    package var uncommitted: Int
    /// Whether the worktree was there from an earlier time: then it was left as it is.
    package var wasThere: Bool
}
