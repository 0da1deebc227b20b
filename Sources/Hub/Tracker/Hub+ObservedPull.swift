import OrchCore
import OrchStore
import Settings

extension Hub {
    /// Takes a pull request as the tracker shows it: one of a branch that an agent works on, or none of ours.
    func observed(_ seen: Observation.PullSeen) throws {
        let before = try tables.pulls.find(seen.number)
        guard let number = try before?.issue ?? tables.issues.number(ofBranch: seen.branch) else { return }
        if let before, seen.updatedAt < before.updatedAt || before.state == "merged" { return }
        try tables.pulls.see(
            PullTable.Record(
                number: seen.number,
                issue: number,
                branch: seen.branch,
                url: seen.url,
                state: seen.state,
                isDraft: seen.isDraft,
                head: seen.head,
                base: seen.base,
                baseSHA: seen.baseSHA,
                mergeCommit: seen.mergeCommit,
                updatedAt: seen.updatedAt
            ),
            nowMs: nowMs
        )
        guard let pull = try tables.pulls.find(seen.number) else { return }
        if before?.state != pull.state { try changed(pull, from: before?.state) }
        guard pull.state == "open" else { return }
        try take(seen.feedback, of: pull)
        guard seen.hasConflict == true else { return }
        // Once for each state of both sides: a head that conflicts again after the agent's work is told again.
        let feedback = PullTable.Feedback(
            key: "conflict:\(pull.number):\(seen.baseSHA):\(seen.head)",
            kind: "conflict",
            author: "",
            text:
                "The branch conflicts with `\(pull.base)`. Merge the remote's `\(pull.base)` (it was fetched: `git merge \(settings.remoteName)/\(pull.base)`), resolve the conflicts, test, and commit.",
            atMs: nowMs
        )
        if try tables.pulls.add(feedback, pull: pull.number) { try feedbackCame(pull) }
    }

    private func changed(_ pull: PullTable.Record, from before: String?) throws {
        try tables.events.append(
            "pull.\(pull.state)",
            issue: pull.issue,
            ["pull": .integer(Int64(pull.number)), "merge_commit": .text(pull.mergeCommit)],
            nowMs: nowMs
        )
        switch pull.state {
        case "merged": try merged(pull)
        case "closed" where before == "open":
            let issue = try tables.issues.require(pull.issue)
            guard issue.isOpen else {
                let reason = "its issue and its pull request #\(pull.number) were closed"
                if let agent = try tables.agents.live(issue: pull.issue) {
                    try close(agent, outcome: .cancelled, reason: reason)
                } else {
                    try setPhase(issue: pull.issue, .none, reason: reason)
                }
                return
            }
            guard issue.phase == .review || issue.phase == .queued else { return }
            try tables.pulls.drop(pull: pull.number, reason: "the pull request was closed")
            try setPhase(issue: pull.issue, .stalled, reason: "pull request #\(pull.number) was closed without a merge")
            try comment(
                pull.issue,
                key: "unmerged:\(pull.number):\(pull.updatedAt)",
                body:
                    "Pull request #\(pull.number) was closed without a merge. Its branch and worktree are kept; add `\(settings.labels.queued)` to have the work gone on with."
            )
        default: break
        }
    }

    /// Keeps what reviewers and checks said; what people without write access said reaches no agent (I11).
    private func take(_ said: [Observation.FeedbackSeen], of pull: PullTable.Record) throws {
        var isNew = false
        for one in said where one.isTrusted {
            isNew = try tables.pulls.add(one.said, pull: pull.number) || isNew
        }
        if isNew { try feedbackCame(pull) }
    }
}
