import OrchCore

/// The user's repository: reads it, and keeps the agents' worktrees in it.
///
/// Git's own files are the authority for what exists; `WorkspaceMarker` for what is ours. Commands that change what all worktrees share
/// (worktrees, branches, saved work) go one after another, across `await`. A kill at any point leaves what `prepare` and `remove` go on from
/// when they are called again. Nothing is destroyed: branches are never moved, one is deleted only by `retire`, which saves it before, and
/// worktrees only go as `remove` says (I12).
package actor GitRepository {
    /// What can be watched and cut short while something is changed in several steps: does nothing in production.
    struct Steps: Sendable {
        /// A point between two changes to the repository.
        enum Point: String, Sendable, CaseIterable {
            case excluded, foldersMade, markedAdding, branchMade, worktreeMade, markedReady
            case branchSaved, branchDeleted, filesRestored

            /// Those of `prepare`.
            static let making: [Point] = [
                .excluded, .foldersMade, .markedAdding, .branchMade, .worktreeMade, .markedReady,
            ]
        }
        /// Called at each point; throwing there is like being killed there.
        var reached: @Sendable (Point) throws(WorkspaceError) -> Void = { _ in }
    }

    /// The root of the main worktree, without symbolic links.
    package nonisolated let root: String
    /// The repository's git folder (`.git`), which all worktrees share, without symbolic links.
    package nonisolated let gitDir: String
    let git: Git
    let steps: Steps
    let gate = SerialGate()
    /// Fetches and pushes go one after another too, and no worktree waits for them.
    let transfers = SerialGate()

    init(root: String, gitDir: String, git: Git, steps: Steps = Steps()) {
        self.root = root
        self.gitDir = gitDir
        self.git = git
        self.steps = steps
    }

    /// The version of the git that is used.
    package nonisolated var gitVersion: GitVersion { git.version }

    /// The repository, for commands that need no checkout.
    nonisolated var place: GitPlace { .repository(root: root, commonFolder: gitDir) }
}
