/// An agent's place to work: a linked worktree on a branch of its own.
package struct Workspace: Sendable, Hashable {
    /// The name of its folder.
    package var name: String
    /// The folder, absolute and without symbolic links.
    package var path: String
    package var branch: String
    /// The commit that the work began from.
    package var baseCommit: String
    /// The branch's commit.
    package var head: String
    /// The worktree's own git folder, `.git/worktrees/…`.
    package var gitDir: String
    /// The repository's git folder.
    package var commonDir: String
    /// Whether the branch or the worktree was there before.
    package var reused: Bool
    /// Whether the `after_create` hook has yet to run; `GitRepository.setUpDone` ends that.
    package var needsSetUp: Bool

    /// What an agent must be able to write to work and to commit, as narrow as works: its worktree, its worktree's own git folder, the
    /// objects, and the folder of its branch and of that branch's log.
    package var writableFolders: [String] {
        let group = branch.split(separator: "/").dropLast().joined(separator: "/")
        let heads = group.isEmpty ? "refs/heads" : "refs/heads/" + group
        return [path, gitDir, commonDir + "/objects", "\(commonDir)/\(heads)", "\(commonDir)/logs/\(heads)"]
    }
}
