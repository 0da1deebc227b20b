/// A check run of a commit (docs.github.com/rest/checks/runs).
package struct ForgeCheck: Sendable {
    package var id: Int64
    package var name: String
    package var sha: String
    /// `queued`, `in_progress` or `completed`.
    package var status: String
    /// What came of it when it is completed: `success`, `failure`, `neutral`, `cancelled`, `skipped`, `timed_out`, `action_required`.
    package var conclusion: String?
    package var title: String?
    package var summary: String?
    package var detailsURL: String?
    package var startedMs: Int64
    package var completedMs: Int64?
}

/// A commit status, the older kind of check (docs.github.com/rest/commits/statuses).
package struct ForgeStatus: Sendable {
    package var id: Int64
    package var context: String
    /// `error`, `failure`, `pending` or `success`.
    package var state: String
    package var about: String?
    package var targetURL: String?
    package var creator: String
    package var atMs: Int64
}
