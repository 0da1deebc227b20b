extension Prompts {
    /// The longest part of an earlier message that is quoted, in Unicode scalars.
    private static let quoteLimit = 4_000

    /// Tells an agent whose turn was cut off what was, and what is, so that it goes on instead of starting over.
    package static func continuation(_ facts: ContinuationFacts) -> String {
        var parts = [opening(facts)]
        if case .conversationLost(_, let task) = facts.cause {
            parts.append("Your task, as it was first given:\n\(quoted(task, AgentTask.bodyLimit))")
        }
        if !facts.prompt.isEmpty {
            parts.append("You were working on this message:\n\(quoted(facts.prompt, quoteLimit))")
        }
        if !facts.running.isEmpty {
            let note =
                "Commands that were running; they died, and their output is lost. Start them again if you need them:"
            parts.append("\(note)\n\(list(facts.running))")
        }
        if !facts.finished.isEmpty { parts.append("Commands that had ended in that turn:\n\(list(facts.finished))") }
        if let git = facts.git { parts.append(text(git)) }
        if !facts.reported.isEmpty {
            parts.append("Already reported, and known to all; do not report it as new:\n\(list(facts.reported))")
        }
        if let left = budget(facts) { parts.append(left) }
        parts.append(
            "Look at `git status` and `git log` first, then go on from there. Do not start over, and do nothing a second time. End with the report."
        )
        return parts.joined(separator: "\n\n")
    }

    private static func opening(_ facts: ContinuationFacts) -> String {
        switch facts.cause {
        case .killed:
            "Your last turn was cut off: the process that ran it was killed, and the commands that were running died with it. "
                + "What was written to files and what was committed is there; a half-finished file may be among it."
        case .failed(let reason):
            "Your last turn failed and did not finish: \(SafeText.line(Clip.characters(reason, 500))). What it had done until then is there."
        case .usageLimit:
            "Your last turn was cut off because the account's usage limit was reached. It has been reset. What was done until then is there."
        case .conversationLost(let reason, _):
            "You take over from an earlier conversation of the same agent, which is lost (\(SafeText.line(Clip.characters(reason, 500)))). "
                + "You do not remember it, but its work is in this worktree."
        }
    }

    private static func text(_ git: ContinuationFacts.Git) -> String {
        let commits =
            git.commits == 0 ? "no commits of yours" : "\(git.commits) commit\(git.commits == 1 ? "" : "s") of yours"
        var text =
            "What git shows now: branch \(SafeText.line(git.branch)) at \(SafeText.line(Clip.characters(git.head, 40))), \(commits); "
        if git.uncommitted.isEmpty { return text + "nothing uncommitted." }
        text += "\(git.uncommitted.count) uncommitted file\(git.uncommitted.count == 1 ? "" : "s"):\n"
        return text + list(git.uncommitted)
    }

    private static func budget(_ facts: ContinuationFacts) -> String? {
        guard let leftMs = facts.leftMs else { return nil }
        let tokens = facts.tokensLeft.map { " and \(max(0, $0)) tokens" } ?? ""
        return
            "Budget left: \(DurationText.format(max(0, leftMs))) of work\(tokens). The time in between was not charged."
    }

    /// A quotation that can't be taken for the words around it.
    private static func quoted(_ text: String, _ limit: Int) -> String {
        SafeText.block(Clip.characters(text, limit)).split(separator: "\n", omittingEmptySubsequences: false).map {
            "> \($0)"
        }
        .joined(separator: "\n")
    }

    private static func list(_ lines: [String]) -> String {
        let shown = lines.suffix(20).map { "- \(SafeText.line(Clip.characters($0, 300)))" }
        return ((lines.count > 20 ? ["- (\(lines.count - 20) before these)"] : []) + shown).joined(separator: "\n")
    }
}
