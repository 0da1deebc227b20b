import OrchCore

extension GitHubClient {
    /// What the checks of a commit say: check runs and commit statuses together.
    ///
    /// Sources: https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference and
    /// https://docs.github.com/en/rest/commits/statuses#get-the-combined-status-for-a-specific-reference
    ///
    /// A token may lack the permission for one of the two; then the report says so, instead of failing.
    ///
    /// - Throws: `GitHubError`; `forbidden` only when neither may be read.
    package func checks(_ sha: String) async throws(GitHubError) -> GHCheckReport {
        let commit = "/commits/\(PathText.escaped(sha))"
        var report = GHCheckReport()
        let runs = url(commit + "/check-runs", [("filter", "latest"), ("per_page", "100")])
        let hasRuns = try await permitted("checks", &report) { () throws(GitHubError) in
            try await all(runs, in: "check_runs", GHCheck.init(run:))
        }
        let statuses = url(commit + "/status", [("per_page", "100")])
        let hasStatuses = try await permitted("statuses", &report) { () throws(GitHubError) in
            try await all(statuses, in: "statuses", GHCheck.init(status:))
        }
        guard hasRuns || hasStatuses else {
            throw GitHubError(
                .forbidden,
                "the token may read neither checks nor statuses of \(repository)",
                status: 403
            )
        }
        return report
    }

    private func permitted(
        _ part: String,
        _ report: inout GHCheckReport,
        _ read: () async throws(GitHubError) -> [GHCheck]
    ) async throws(GitHubError) -> Bool {
        do throws(GitHubError) {
            report.checks += try await read()
            return true
        } catch {
            guard error.code == .forbidden else { throw error }
            report.unreadable.append(part)
            return false
        }
    }
}
