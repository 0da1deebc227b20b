import GitHub
import OrchCore
import OrchStore
import SQLite
import Settings

extension Hub {
    /// Takes a comment as the tracker shows it.
    ///
    /// Only people with write access are listened to (I11): what others write is kept, and reaches nobody.
    func observed(_ seen: Observation.CommentSeen) throws {
        let before = try tables.remote.commentUpdatedAt(seen.id)
        guard before.map({ $0 < seen.updatedAt }) ?? true else { return }
        let pull = try tables.pulls.find(seen.issue)
        let issue = pull?.issue ?? seen.issue
        guard try tables.issues.find(issue) != nil else { return }
        try tables.remote.see(
            comment: seen.id,
            issue: seen.issue,
            author: seen.author,
            isOurs: seen.isOurs,
            isTrusted: seen.isTrusted,
            updatedAt: seen.updatedAt,
            nowMs: nowMs
        )
        if let claim = seen.claim, claim.hub != (try tables.tracker.get().hub) {
            try observed(claim, issue: issue)
            return
        }
        guard !seen.isOurs else { return }
        try tables.issues.keep(
            comment: seen.id,
            of: issue,
            author: seen.author,
            body: seen.body,
            atMs: seen.createdAtMs
        )
        guard before == nil, !seen.isBot else { return }  // an edit of a comment is not a new one
        guard seen.isTrusted else {
            try tables.events.append(
                "issue.comment_ignored",
                issue: issue,
                ["author": .string(seen.author), "comment": .integer(seen.id)],
                nowMs: nowMs
            )
            return
        }
        let commands = CommentCommandLine.all(in: seen.body)
        for (index, line) in commands.enumerated() {
            try obey(line, index: index, comment: seen, issue: issue)
        }
        guard commands.isEmpty else { return }
        if let pull {
            let feedback = PullTable.Feedback(
                key: "comment:\(seen.id)",
                kind: "comment",
                author: seen.author,
                text: seen.body,
                atMs: seen.createdAtMs
            )
            if try tables.pulls.add(feedback, pull: pull.number) { try feedbackCame(pull) }
        } else {
            try passOn(comment: seen.body, author: seen.author, issue: issue)
        }
    }

    /// Another hub has claimed an issue, or has given it up.
    private func observed(_ claim: Observation.ClaimSeen, issue: Int) throws {
        guard let known = try tables.remote.find(issue) else { return }
        if claim.isReleased {
            guard known.heldBy == claim.holder else { return }
            try tables.remote.setHolder(issue, heldBy: nil, claim: known.claim)
        } else if known.claim == nil, known.heldBy == nil {
            try tables.remote.setHolder(issue, heldBy: claim.holder, claim: nil)
        }
        mustSchedule = true
    }

    // MARK: Commands in comments

    /// Does what a person asks for in a comment, and answers: with a reaction when there is nothing to say, else with one comment.
    private func obey(_ line: CommentCommandLine, index: Int, comment seen: Observation.CommentSeen, issue: Int) throws
    {
        var words: String?
        switch line.command {
        case .failure(let refusal): words = refusal.reason
        case .success(let command):
            do {
                words = try db.savepoint { try execute(command, by: seen.author, issue: issue) }
            } catch let error as HubError where error.code != .superseded {
                words = error.message
            } catch let error as StoreError {
                words = error.message
            }
        }
        try tables.events.append(
            "issue.command",
            issue: issue,
            ["by": .string(seen.author), "command": .string(line.text), "answer": .text(words)],
            nowMs: nowMs
        )
        if let words {
            try comment(issue, key: "answer:\(seen.id):\(index)", body: "`\(line.text)`: \(words)")
        } else {
            try want(
                .react(.init(issue: issue, comment: seen.id, reaction: "+1")),
                key: "reaction:\(seen.id)",
                issue: issue
            )
        }
    }

    /// The answer in words; nil when a nod is enough.
    private func execute(_ command: CommentCommand, by author: String, issue number: Int) throws -> String? {
        switch command {
        case .status: return try statusText(number)
        case .stop:
            guard let agent = try tables.agents.live(issue: number), agent.phase.isAtWork else {
                throw HubError(.refused, "no agent works on this issue")
            }
            try rest(agent, reason: "stopped by @\(author)")
            try setPhase(issue: number, .none, reason: "stopped by @\(author)")
        case .retry: try retryIssue(number)
        case .budget(let ms): try changeBudget(try worker(of: number)) { $0.budgetMs = ms }
        case .checkin(let ms):
            try changeBudget(try worker(of: number)) {
                $0.checkinMs = ms
                $0.checkinAtWorkedMs = $0.workedMs + ms
            }
        case .approve(let id): try answer(id, .approved, by: author, issue: number)
        case .deny(let id): try answer(id, .denied, by: author, issue: number)
        }
        return nil
    }

    private func answer(_ id: Int64, _ status: ApprovalStatus, by author: String, issue number: Int) throws {
        guard let approval = try tables.approvals.find(id) else {
            throw HubError(.notFound, "there is no approval \(id)")
        }
        guard try tables.agents.require(approval.agent).issue == number else {
            throw HubError(.refused, "approval \(id) is not about this issue")
        }
        guard approval.status == .pending else {
            throw HubError(.refused, "approval \(id) is \(approval.status.rawValue) already")
        }
        try decide(approval, status, by: author, reason: nil)
    }

    private func worker(of number: Int) throws -> AgentRecord {
        guard let agent = try tables.agents.live(issue: number) else {
            throw HubError(.refused, "no agent works on this issue")
        }
        return agent
    }
}
