/// What a fetch of one branch brought.
package struct FetchedBranch: Sendable, Hashable {
    /// How the branch went on since it was last fetched.
    package enum Change: String, Sendable, Hashable {
        /// It was never fetched before.
        case first
        /// It is where it was.
        case none
        /// Commits were added.
        case advanced
        /// It was force-pushed: what was fetched before is no part of it any more.
        case rewritten
    }

    /// The branch's commit, which is here now.
    package var commit: String
    /// The commit that was fetched before.
    package var previous: String?
    package var change: Change
}
