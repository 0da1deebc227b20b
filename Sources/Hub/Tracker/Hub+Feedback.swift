import OrchCore
import OrchStore
import Settings

extension Hub {
    /// Something was said about a pull request.
    func feedbackCame(_ pull: PullTable.Record) throws {
        feedbackDueMs[pull.number] = nowMs + settings.feedbackDelayMs
        try tables.events.append(
            "pull.feedback",
            issue: pull.issue,
            ["pull": .integer(Int64(pull.number))],
            nowMs: nowMs
        )
    }

    /// What was said before this daemon began is given, too.
    func recallFeedback() throws {
        for pull in try tables.pulls.open() where try !tables.pulls.waiting(pull: pull.number).isEmpty {
            feedbackDueMs[pull.number] = nowMs
        }
    }

    /// Gives what reviewers and checks said back to the agents whose work it is.
    func giveDueFeedback() throws {
        for (number, due) in feedbackDueMs.sorted(by: { $0.key < $1.key }) where due <= nowMs {
            feedbackDueMs[number] = nil
            guard let pull = try tables.pulls.find(number), pull.state == "open",
                try !tables.pulls.waiting(pull: number).isEmpty
            else { continue }
            try give(pull)
        }
    }

    private func give(_ pull: PullTable.Record) throws {
        let issue = try tables.issues.require(pull.issue)
        if let agent = try tables.agents.live(issue: pull.issue), agent.phase.takesTurns {
            try giveWaitingFeedback(to: agent)
            return
        }
        guard issue.isOpen, issue.phase == .review else { return }  // given when the issue is worked on again
        guard pull.rounds < settings.reviewRounds else {
            let reason = "its review took \(pull.rounds) rounds already"
            try tables.pulls.drop(pull: pull.number, reason: reason)
            try setPhase(issue: pull.issue, .stalled, reason: reason)
            try comment(
                pull.issue,
                key: "rounds:\(pull.number):\(pull.rounds):\(pull.updatedAt)",
                body:
                    "The review of #\(pull.number) took \(pull.rounds) rounds, which is the limit. Add `\(settings.labels.queued)` to have the agent go on."
            )
            return
        }
        try setPhase(issue: pull.issue, .queued, reason: "there is feedback on pull request #\(pull.number)")
    }

    /// Sends an agent what was said about its pull request since the last time, as one message.
    func giveWaitingFeedback(to agent: AgentRecord) throws {
        guard let number = agent.issue, let pull = try tables.pulls.last(issue: number), pull.state == "open" else {
            return
        }
        let waiting = try tables.pulls.waiting(pull: pull.number)
        guard !waiting.isEmpty else { return }
        let turn = try queueTurn(agent, kind: .send, prompt: FeedbackText.prompt(waiting, pull: pull.number))
        try tables.pulls.give(pull: pull.number, turn: turn.id)
        try tables.pulls.addRound(pull.number)
        try tables.events.append(
            "pull.feedback_given",
            agent: agent.id,
            issue: number,
            turn: turn.id,
            ["pull": .integer(Int64(pull.number)), "items": .integer(Int64(waiting.count))],
            nowMs: nowMs
        )
    }

    /// A resting agent that has its claim and its place goes on: with what was said about its work, else with what it was at.
    func goOnNow(_ agent: AgentRecord) throws {
        let hasFeedback =
            try agent.issue.flatMap { try tables.pulls.last(issue: $0) }.map {
                try $0.state == "open" && !tables.pulls.waiting(pull: $0.number).isEmpty
            } ?? false
        guard hasFeedback else {
            try letGoOn(agent)
            return
        }
        try unpark(agent)
        let now = try tables.agents.require(agent.id)
        // One whose conversation is lost is told of it first; what was said comes when it is there.
        if now.phase != .starting { try giveWaitingFeedback(to: now) }
    }
}

/// What reviewers and checks said, as a message.
enum FeedbackText {
    /// The most characters of one thing that was said.
    static let itemLimit = 8_000
    /// The most characters of all.
    static let limit = 200_000

    static func prompt(_ said: [PullTable.Feedback], pull: Int) -> String {
        var lines = [
            "Your pull request #\(pull) has feedback. Address all of it on the same branch, test, commit, and end with the report; if something should stay as it is, say why in the report.",
            "",
        ]
        for one in said {
            let text = Clip.characters(one.text, itemLimit)
            switch one.kind {
            case "review": lines.append("Review by \(one.author):\n\(text)\n")
            case "comment": lines.append("Comment by \(one.author):\n\(text)\n")
            case "check": lines.append("Failed check \(text)\n")
            default: lines.append("\(text)\n")
            }
        }
        return Clip.characters(lines.joined(separator: "\n"), limit)
    }
}
