extension GitHubState {
    /// Makes or changes a check run of a commit: one of the same name is replaced by a newer one.
    @discardableResult
    package mutating func setCheck(
        _ repository: Int64,
        sha: String,
        name: String,
        status: String = "completed",
        conclusion: String?,
        title: String? = nil,
        summary: String? = nil,
        detailsURL: String? = nil
    ) throws -> ForgeCheck {
        let conclusions = [
            "success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required", "stale",
        ]
        if let conclusion, !conclusions.contains(conclusion) {
            throw Refusal.invalid("CheckRun", "conclusion", "invalid")
        }
        guard ["queued", "in_progress", "completed"].contains(status) else {
            throw Refusal.invalid("CheckRun", "status", "invalid")
        }
        let check = ForgeCheck(
            id: newID(),
            name: name,
            sha: sha,
            status: conclusion == nil ? (status == "completed" ? "queued" : status) : "completed",
            conclusion: conclusion,
            title: title,
            summary: summary,
            detailsURL: detailsURL,
            startedMs: nowMs,
            completedMs: conclusion == nil ? nil : nowMs
        )
        try changeRepository(repository) { $0.checks[sha, default: []].append(check) }
        return check
    }

    /// Sets a commit status.
    @discardableResult
    package mutating func setStatus(
        _ repository: Int64,
        sha: String,
        context: String,
        state: String,
        about: String? = nil,
        targetURL: String? = nil,
        by: String
    ) throws -> ForgeStatus {
        guard ["error", "failure", "pending", "success"].contains(state) else {
            throw Refusal.invalid("Status", "state", "invalid")
        }
        let status = ForgeStatus(
            id: newID(),
            context: context,
            state: state,
            about: about,
            targetURL: targetURL,
            creator: by,
            atMs: nowMs
        )
        try changeRepository(repository) { $0.statuses[sha, default: []].append(status) }
        return status
    }
}

extension ForgeRepository {
    /// The newest check run of each name.
    func latestChecks(_ sha: String) -> [ForgeCheck] {
        var latest: [String: ForgeCheck] = [:]
        for check in checks[sha] ?? [] { latest[check.name] = check }
        return latest.values.sorted { $0.id > $1.id }
    }

    /// The newest status of each context.
    func latestStatuses(_ sha: String) -> [ForgeStatus] {
        var latest: [String: ForgeStatus] = [:]
        for status in statuses[sha] ?? [] { latest[status.context] = status }
        return latest.values.sorted { $0.id > $1.id }
    }

    /// Whether anything that checks a commit failed.
    func hasFailures(_ sha: String) -> Bool {
        let bad: Set<String> = ["failure", "timed_out", "cancelled", "action_required"]
        return latestChecks(sha).contains { bad.contains($0.conclusion ?? "") }
            || latestStatuses(sha).contains { ["failure", "error"].contains($0.state) }
    }
}
