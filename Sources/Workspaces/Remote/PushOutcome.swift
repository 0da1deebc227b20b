/// How a push ended, when the remote has told.
///
/// A push whose end is not known is no outcome but a `WorkspaceError` that may pass; then `GitRepository.remoteHead` tells.
package enum PushOutcome: Sendable, Hashable {
    /// The branch is at the commit now.
    case pushed
    /// It was there already.
    case upToDate
    /// It was refused, and will be again until somebody does something.
    case rejected(Rejection, message: String)

    /// Why a push is refused.
    package enum Rejection: String, Sendable, Hashable, CaseIterable {
        /// The branch has commits there that are not in ours.
        case nonFastForward = "non_fast_forward"
        /// Branch protection or a ruleset.
        case protected
        /// A hook, or another check of what is in the commits.
        case hookDeclined = "hook_declined"
        /// We may not push there.
        case noPermission = "no_permission"
        /// Anything else.
        case other
    }
}

/// Which hooks of the user's a push runs.
///
/// None is the rule. A `pre-push` hook works on the main worktree, not on what is pushed: a hook that a commit brings along (husky), or that
/// runs what commits bring along (`make check`, pre-commit), would check the wrong files there, and when the user has an agent's branch checked
/// out to look at it, it would run that agent's unread code with the user's rights, behind the user's back. What is to be checked, the remote
/// checks. What is lost is git-lfs's upload of new large files: agents can't make those, since their sandbox keeps them out of `.git/lfs`; a
/// remote refuses commits whose files it lacks and says so. Who relies on such a hook nevertheless chooses `user`.
package enum PushHooks: Sendable, Hashable {
    case none
    /// Those that git would run for the user: `core.hooksPath`, else `.git/hooks`.
    case user
}
