import OrchCore
import OrchStore
import Settings

extension Hub {
    /// An agent's work is complete and asks for a pull request: it rests, its branch is pushed, and the pull request opened.
    func deliver(_ agent: AgentRecord, issue number: Int, reason: String?) throws {
        try rest(agent, reason: reason ?? "its work is complete")
        try tables.issues.setRetry(number, attempts: 0, retryAtMs: nil)
        try setPhase(issue: number, .review, reason: nil)
        try tables.outbox.renew(key: lastLookKey(agent))
        try wantLastLook(at: agent, issue: try tables.issues.require(number))
    }

    /// What git shows of work that is to be delivered.
    func deliver(_ agent: AgentRecord, issue: IssueRecord, _ facts: WorkspaceFacts) throws {
        guard facts.commitsAhead > 0, !facts.head.isEmpty, let branch = agent.branch else {
            guard try tables.pulls.last(issue: issue.number)?.state != "open" else { return }
            guard !facts.uncommitted.isEmpty else {
                try close(
                    agent,
                    outcome: .done,
                    reason: "nothing was committed, so there is no pull request",
                    phase: .done
                )
                return
            }
            try comment(
                issue.number,
                key: "nothing:\(agent.id):\(try tables.turns.completedCount(agent: agent.id))",
                body: "Nothing was committed, so there is no pull request. There is uncommitted work in its worktree."
            )
            try setPhase(
                issue: issue.number,
                .stalled,
                reason: "nothing was committed; uncommitted work is in its worktree"
            )
            return
        }
        let key = "push:\(issue.number):\(facts.head)"
        try tables.outbox.renew(key: key)
        try want(
            .push(.init(issue: issue.number, branch: branch, commit: facts.head)),
            key: key,
            agent: agent.id,
            issue: issue.number
        )
    }

    /// The branch is at the remote.
    func pushed(_ it: Effect.Push, commit: String) throws {
        try tables.events.append(
            "branch.pushed",
            issue: it.issue,
            ["branch": .string(it.branch), "commit": .string(commit)],
            nowMs: nowMs
        )
        let issue = try tables.issues.require(it.issue)
        if let pull = try tables.pulls.last(issue: it.issue), pull.state == "open" { return }
        let agent = try tables.agents.last(issue: it.issue)
        let report = try agent.flatMap { try tables.turns.lastReport(agent: $0.id) }
        let text = try report?.report.map { try artifactText($0) } ?? ""
        let key = "pull:\(it.issue):\(it.branch)"
        try tables.outbox.renew(key: key)
        try want(
            .openPull(
                .init(
                    issue: it.issue,
                    branch: it.branch,
                    title: issue.title,
                    body: PullText.body(
                        issue: it.issue,
                        charter: Charter.parse(body: issue.body),
                        report: ControlParser.strip(text),
                        agent: agent?.name
                    ),
                    isDraft: settings.draftPulls
                )
            ),
            key: key,
            agent: agent?.id,
            issue: it.issue
        )
    }

    /// The pull request is open.
    func pullOpened(_ it: Effect.OpenPull, _ pull: Observation.PullSeen) throws {
        try tables.events.append(
            "pull.opened",
            issue: it.issue,
            ["pull": .integer(Int64(pull.number)), "url": .string(pull.url)],
            nowMs: nowMs
        )
        try observed(pull)
        statusDue.insert(it.issue)
    }

    /// What was made can't be delivered: a person has to see to it.
    func deliveryFailed(_ number: Int, _ reason: String) throws {
        try setPhase(issue: number, .stalled, reason: reason)
        try comment(
            number,
            key: "delivery:\(number):\(RequestHash.of(reason).prefix(16)):\(epoch)",
            body: "Stopped: \(reason)"
        )
        try tables.digests.add(
            "STALLED",
            agent: nil,
            issue: number,
            data: ["issue": .integer(Int64(number)), "reason": .string(reason)],
            nowMs: nowMs
        )
    }

    // MARK: The end

    /// Whether an issue waits for what becomes of its pull request.
    func isUnderReview(_ issue: IssueRecord) throws -> Bool {
        guard issue.phase == .review, try tables.pulls.last(issue: issue.number)?.state == "open" else { return false }
        return try tables.agents.live(issue: issue.number).map { $0.phase == .resting } ?? true
    }

    /// A pull request was merged: its issue is done, and what the work took is given back.
    func merged(_ pull: PullTable.Record) throws {
        let number = pull.issue
        let commit = pull.mergeCommit.map { " as \($0.prefix(10))" } ?? ""
        let reason = "pull request #\(pull.number) was merged\(commit)"
        if let agent = try tables.agents.live(issue: number) {
            try close(agent, outcome: .done, reason: reason, phase: .done)
        } else {
            try setPhase(issue: number, .done, reason: reason)
        }
        try retire(number, merged: pull.head)
    }

    /// Takes away the worktree of an issue that is finished.
    func retire(_ number: Int, merged: String?) throws {
        let issue = try tables.issues.require(number)
        guard let agent = try tables.agents.last(issue: number), agent.worktree != nil, let branch = issue.branch else {
            return
        }
        try want(
            .retireWorkspace(
                .init(
                    issue: number,
                    agent: agent.name,
                    folder: "iss-\(number)",
                    branch: branch,
                    merged: merged,
                    base: issue.baseCommit
                )
            ),
            key: "workspace.retire:\(agent.id)",
            agent: agent.id,
            issue: number
        )
    }

    func workspaceRetired(_ it: Effect.RetireWorkspace, saved: String?) throws {
        try tables.events.append(
            "workspace.retired",
            issue: it.issue,
            ["branch": .string(it.branch), "saved": .text(saved)],
            nowMs: nowMs
        )
    }
}
