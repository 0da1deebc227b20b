import OrchCore

extension GitHubClient {
    /// What the checks of a commit say: check runs and commit statuses together.
    ///
    /// Sources: https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference and
    /// https://docs.github.com/en/rest/commits/statuses#get-the-combined-status-for-a-specific-reference
    ///
    /// A token may lack the permission for one of the two; then the report says so, instead of failing.
    ///
    /// - Parameters:
    ///   - sha: the commit.
    ///   - last: what they said the last time: what has not changed since costs nothing on the primary limit.
    /// - Returns: what they say now.
    /// - Throws: `GitHubError`; `forbidden` only when neither may be read.
    package func checks(_ sha: String, since last: GHCheckReport = GHCheckReport()) async throws(GitHubError)
        -> GHCheckReport
    {
        let commit = "/commits/\(PathText.escaped(sha))"
        var report = last
        let runs = url(commit + "/check-runs", [("filter", "latest"), ("per_page", "100")])
        report.runs = try await part(last.runs, runs, in: "check_runs", GHCheck.init(run:))
        let statuses = url(commit + "/status", [("per_page", "100")])
        report.statuses = try await part(last.statuses, statuses, in: "statuses", GHCheck.init(status:))
        guard report.runs.isReadable || report.statuses.isReadable else {
            throw GitHubError(
                .forbidden,
                "the token may read neither checks nor statuses of \(repository)",
                status: 403
            )
        }
        return report
    }

    private func part(
        _ last: GHCheckReport.Part,
        _ url: String,
        in key: String,
        _ read: (JSONValue) throws(BadField) -> GHCheck
    ) async throws(GitHubError) -> GHCheckReport.Part {
        do throws(GitHubError) {
            let answer = try await page(nil, first: url, in: key, validator: last.validator, read)
            guard let page = answer.value else { return last }
            guard page.next == nil else {
                // The first page does not tell whether the others have changed.
                return GHCheckReport.Part(checks: try await all(url, in: key, read))
            }
            return GHCheckReport.Part(checks: page.items, validator: answer.validator)
        } catch {
            guard error.code == .forbidden else { throw error }
            return GHCheckReport.Part(isReadable: false)
        }
    }
}
