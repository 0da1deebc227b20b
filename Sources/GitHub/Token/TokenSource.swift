/// Where the token for GitHub comes from.
package protocol TokenSource: Sendable {
    /// A token.
    ///
    /// - Parameter refused: the token that GitHub has just refused, so that another one is wanted; nil for any.
    /// - Returns: the token; never `refused`.
    /// - Throws: `GitHubError` with code `unauthorized`, which says what to do.
    func token(insteadOf refused: String?) async throws(GitHubError) -> String
}
