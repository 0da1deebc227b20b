/// What an agent writes of the repository besides its worktree, proven to be what it should be.
package struct AgentFolders: Sendable, Hashable {
    /// The worktree's own git folder, `.git/worktrees/…`.
    package var gitDir: String
    /// The agent's folder for temporary files, its own: `.git/orch/tmp/…`.
    package var temporary: String
    /// The branch that the worktree is on; nil when it is on none.
    package var branch: String?
}
