import OrchCore

extension GitHubClient {
    /// Pull requests, the one that changed last first, thirty on a page.
    ///
    /// Source: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests
    ///
    /// - Parameters:
    ///   - state: only what is open or closed; nil for both.
    ///   - page: the page that the last answer linked to; `state` does not count then.
    ///   - validator: that of the last answer for the same page.
    /// - Returns: a page, or that nothing has changed.
    /// - Throws: `GitHubError`.
    package func pulls(
        state: GHState? = nil,
        page: PageLink? = nil,
        validator: String? = nil
    ) async throws(GitHubError) -> Conditional<Page<GHPull>> {
        let first = url(
            "/pulls",
            [("state", state?.rawValue ?? "all"), ("sort", "updated"), ("direction", "desc"), ("per_page", "30")]
        )
        return try await self.page(page, first: first, validator: validator, GHPull.init)
    }

    /// All pull requests, open and closed, whose head is a branch of this repository.
    ///
    /// Source: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests
    package func pulls(head branch: String) async throws(GitHubError) -> [GHPull] {
        // Without the owner GitHub does not filter at all.
        let head = "\(repository.owner):\(branch)"
        let found = try await all(url("/pulls", [("head", head), ("state", "all"), ("per_page", "100")]), GHPull.init)
        return found.filter { $0.head.ref == branch }
    }

    /// One pull request, with what only this tells: whether it can be merged.
    ///
    /// Source: https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request
    package func pull(_ number: Int) async throws(GitHubError) -> GHPull {
        try await get(url("/pulls/\(number)"), GHPull.init)
    }

    /// The same, unless nothing has changed.
    package func pull(_ number: Int, validator: String?) async throws(GitHubError) -> Conditional<GHPull> {
        try await get(url("/pulls/\(number)"), validator: validator, GHPull.init)
    }

    /// All reviews of a pull request, oldest first.
    ///
    /// Source: https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request
    package func reviews(_ pull: Int) async throws(GitHubError) -> [GHReview] {
        try await all(url("/pulls/\(pull)/reviews", [("per_page", "100")]), GHReview.init)
    }

    /// All comments on the lines of a pull request.
    ///
    /// Source: https://docs.github.com/en/rest/pulls/comments#list-review-comments-on-a-pull-request
    package func reviewComments(_ pull: Int) async throws(GitHubError) -> [GHReviewComment] {
        try await all(url("/pulls/\(pull)/comments", [("per_page", "100")]), GHReviewComment.init)
    }

    /// Opens a pull request for a branch of this repository.
    ///
    /// Source: https://docs.github.com/en/rest/pulls/pulls#create-a-pull-request
    ///
    /// - Throws: `GitHubError` with code `invalid`, whose `objection` tells a branch that has one already, was not pushed, or has nothing new.
    package func createPull(
        title: String,
        body: String,
        head: String,
        base: String,
        isDraft: Bool
    ) async throws(GitHubError) -> GHPull {
        let fields: JSONValue = [
            "title": .string(title), "body": .string(body), "head": .string(head), "base": .string(base),
            "draft": .bool(isDraft),
        ]
        return try await write(.post, "/pulls", .content, fields, GHPull.init)
    }

    /// Changes a pull request; what is nil stays.
    ///
    /// Source: https://docs.github.com/en/rest/pulls/pulls#update-a-pull-request
    package func updatePull(
        _ number: Int,
        title: String? = nil,
        body: String? = nil,
        state: GHState? = nil
    ) async throws(GitHubError) -> GHPull {
        var fields: [String: JSONValue] = [:]
        if let title { fields["title"] = .string(title) }
        if let body { fields["body"] = .string(body) }
        if let state { fields["state"] = .string(state.rawValue) }
        return try await write(.patch, "/pulls/\(number)", .content, .object(fields), GHPull.init)
    }
}
