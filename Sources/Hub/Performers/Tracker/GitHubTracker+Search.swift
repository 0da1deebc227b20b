import GitHub

extension GitHubTracker {
    /// How often it is looked for something that an earlier attempt may have made.
    ///
    /// GitHub does not promise that a list shows what was written a moment before: one look that finds nothing proves nothing then.
    static let looks = 3

    /// Our oldest comment with this marker; nil when there is none.
    ///
    /// - Parameters:
    ///   - number: the issue.
    ///   - marker: its hidden first line.
    ///   - attempts: how often the deed was begun, this time included: after the first time the comment may be there without our knowing.
    /// - Returns: the comment.
    /// - Throws: `GitHubError`.
    func comment(on number: Int, _ marker: CommentMarker, attempts: Int) async throws -> GHComment? {
        let me = try await login()
        for _ in 0..<(attempts > 1 ? Self.looks : 1) {
            let found = try await client.issueComments(number).filter { isOurs($0, marker, login: me) }
            if let first = found.min(by: { $0.id < $1.id }) { return first }
        }
        return nil
    }

    /// Whether a comment was written by orch under our login, with this marker.
    func isOurs(_ comment: GHComment, _ marker: CommentMarker, login: String?) -> Bool {
        CommentMarker(of: comment.body) == marker && isMine(comment.author, login: login)
    }

    /// Whether somebody is who we are there; without a user's token, whether it is an app.
    func isMine(_ author: GHUser, login: String?) -> Bool {
        login == nil ? author.isBot : author.isNamed(login)
    }

    /// Whether somebody may write to the repository (I11), asked now.
    func canWrite(_ user: GHUser, _ association: GHAssociation = .none) async throws(GitHubError) -> Bool {
        if association.isOwner { return true }
        if user.isNamed(try await login()) { return true }
        return try await client.permission(user.login).canWrite
    }
}
