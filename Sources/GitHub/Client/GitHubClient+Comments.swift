import OrchCore

extension GitHubClient {
    /// The comments of all issues and pull requests in the order in which they changed, a hundred on a page.
    ///
    /// Source: https://docs.github.com/en/rest/issues/comments#list-issue-comments-for-a-repository
    ///
    /// - Parameters:
    ///   - since: only what changed at this second or later.
    ///   - page: the page that the last answer linked to; `since` does not count then.
    ///   - validator: that of the last answer for the same page.
    /// - Returns: a page, or that nothing has changed.
    /// - Throws: `GitHubError`.
    package func comments(
        since: GHTime? = nil,
        page: PageLink? = nil,
        validator: String? = nil
    ) async throws(GitHubError) -> Conditional<Page<GHComment>> {
        let first = url(
            "/issues/comments",
            [("sort", "updated"), ("direction", "asc"), ("since", since?.text), ("per_page", "100")]
        )
        return try await self.page(page, first: first, validator: validator, GHComment.init)
    }

    /// All comments of an issue or pull request, oldest first.
    ///
    /// Source: https://docs.github.com/en/rest/issues/comments#list-issue-comments
    package func issueComments(_ number: Int) async throws(GitHubError) -> [GHComment] {
        try await all(url("/issues/\(number)/comments", [("per_page", "100")]), GHComment.init)
    }

    /// One comment.
    ///
    /// Source: https://docs.github.com/en/rest/issues/comments#get-an-issue-comment
    package func comment(_ id: Int64) async throws(GitHubError) -> GHComment {
        try await get(url("/issues/comments/\(id)"), GHComment.init)
    }

    /// Posts a comment on an issue or pull request.
    ///
    /// Source: https://docs.github.com/en/rest/issues/comments#create-an-issue-comment
    package func createComment(_ number: Int, body: String) async throws(GitHubError) -> GHComment {
        try await write(.post, "/issues/\(number)/comments", .content, ["body": .string(body)], GHComment.init)
    }

    /// Changes the text of a comment.
    ///
    /// Source: https://docs.github.com/en/rest/issues/comments#update-an-issue-comment
    package func updateComment(_ id: Int64, body: String) async throws(GitHubError) -> GHComment {
        try await write(.patch, "/issues/comments/\(id)", .content, ["body": .string(body)], GHComment.init)
    }

    /// Reacts to a comment; GitHub makes no second reaction of the same kind.
    ///
    /// Source: https://docs.github.com/en/rest/reactions/reactions#create-reaction-for-an-issue-comment
    package func createReaction(
        _ commentID: Int64,
        _ reaction: GHReaction,
        on target: GHReaction.Target = .comment
    ) async throws(GitHubError) {
        let folder = target == .comment ? "issues" : "pulls"
        let body: JSONValue = ["content": .string(reaction.rawValue)]
        try await write(.post, "/\(folder)/comments/\(commentID)/reactions", .content, body) { _ in }
    }
}
