import OrchCore

extension GitHubClient {
    /// Issues and pull requests in the order in which they changed, a hundred on a page.
    ///
    /// Source: https://docs.github.com/en/rest/issues/issues#list-repository-issues
    ///
    /// - Parameters:
    ///   - since: only what changed at this second or later.
    ///   - labels: only what has all of these labels.
    ///   - state: only what is open or closed; nil for both.
    ///   - page: the page that the last answer linked to; the other parameters do not count then.
    ///   - validator: that of the last answer for the same page.
    /// - Returns: a page, or that nothing has changed.
    /// - Throws: `GitHubError`; `moved` when the repository was renamed.
    package func issues(
        since: GHTime? = nil,
        labels: [String] = [],
        state: GHState? = nil,
        page: PageLink? = nil,
        validator: String? = nil
    ) async throws(GitHubError) -> Conditional<Page<GHIssue>> {
        let first = issuesURL(since: since, labels: labels, state: state)
        return try await self.page(page, first: first, validator: validator, GHIssue.init)
    }

    /// All issues and pull requests that have all of these labels.
    ///
    /// - Parameters:
    ///   - labels: the labels.
    ///   - state: only what is open or closed; nil for both.
    /// - Returns: the issues of all pages.
    /// - Throws: `GitHubError`; `moved` when the repository was renamed.
    package func allIssues(labels: [String], state: GHState? = nil) async throws(GitHubError) -> [GHIssue] {
        try await all(issuesURL(since: nil, labels: labels, state: state), GHIssue.init)
    }

    private func issuesURL(since: GHTime?, labels: [String], state: GHState?) -> String {
        url(
            "/issues",
            [
                ("state", state?.rawValue ?? "all"), ("labels", labels.isEmpty ? nil : labels.joined(separator: ",")),
                ("sort", "updated"), ("direction", "asc"), ("since", since?.text), ("per_page", "100"),
            ]
        )
    }

    /// One issue or pull request.
    ///
    /// Source: https://docs.github.com/en/rest/issues/issues#get-an-issue
    ///
    /// - Throws: `GitHubError`: `gone` when it was deleted, `moved` when it was transferred.
    package func issue(_ number: Int) async throws(GitHubError) -> GHIssue {
        try await get(url("/issues/\(number)"), GHIssue.init)
    }

    /// Who set and took off which label of an issue, oldest first.
    ///
    /// Source: https://docs.github.com/en/rest/issues/events#list-issue-events
    package func labelEvents(_ number: Int) async throws(GitHubError) -> [GHLabelEvent] {
        let events = try await all(url("/issues/\(number)/events", [("per_page", "100")])) {
            (json) throws(BadField) -> GHLabelEvent? in try GHLabelEvent(json)
        }
        return events.compactMap { $0 }
    }

    /// The issues that block one, also of other repositories; nil when this GitHub has no such feature.
    ///
    /// Source: https://docs.github.com/en/rest/issues/issue-dependencies#list-dependencies-an-issue-is-blocked-by
    package func blockedBy(_ number: Int) async throws(GitHubError) -> [GHBlocker]? {
        do throws(GitHubError) {
            return try await all(
                url("/issues/\(number)/dependencies/blocked_by", [("per_page", "100")]),
                GHBlocker.init
            )
        } catch {
            guard error.code == .notFound || error.code == .gone else { throw error }
            return nil
        }
    }

    /// Adds labels to an issue; its labels then.
    ///
    /// Source: https://docs.github.com/en/rest/issues/labels#add-labels-to-an-issue
    package func addLabels(_ number: Int, _ names: [String]) async throws(GitHubError) -> [String] {
        try await write(
            .post,
            "/issues/\(number)/labels",
            .write,
            ["labels": .array(names.map { .string($0) })],
            GHLabel.names
        )
    }

    /// Takes a label off an issue; its labels then, or nil when the issue did not have it.
    ///
    /// Source: https://docs.github.com/en/rest/issues/labels#remove-a-label-from-an-issue
    @discardableResult
    package func removeLabel(_ number: Int, _ name: String) async throws(GitHubError) -> [String]? {
        do throws(GitHubError) {
            return try await write(
                .delete,
                "/issues/\(number)/labels/\(PathText.escaped(name))",
                .write,
                nil,
                GHLabel.names
            )
        } catch {
            // A missing issue is a 404 as well, and only the words tell it from a label that is not there.
            guard error.code == .notFound, error.message.contains("Label does not exist") else { throw error }
            return nil
        }
    }
}
