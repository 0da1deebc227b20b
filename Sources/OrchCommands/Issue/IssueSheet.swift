import OrchCore
import OrchStore

/// One issue on paper.
struct IssueSheet {
    let issue: StoredIssue
    let nowMs: Int64

    /// Writes it.
    func write(to output: Output) throws {
        let record = issue.record
        try output.line(output.ink(.bold, "#\(record.number) \(SafeText.line(record.title))"))
        let phase =
            PhaseInk.of(record.phase.rawValue).map { output.ink($0, record.phase.rawValue) } ?? record.phase.rawValue
        let reason = record.reason.map { ": \(SafeText.line($0))" } ?? ""
        try row(
            "state",
            "\(record.isOpen ? "open" : "closed"), \(phase)\(reason), \(TimeText.ago(record.phaseSinceMs, nowMs: nowMs))",
            output
        )
        try row("labels", issue.labels.map(SafeText.line).joined(separator: ", "), output)
        try row(
            "agent",
            issue.agent.map { "\(SafeText.line($0.name)) (\($0.outcome?.rawValue ?? $0.phase.rawValue))" } ?? "",
            output
        )
        try row("branch", SafeText.line(record.branch ?? ""), output)
        try row("worktree", SafeText.line(record.worktree ?? ""), output)
        try row(
            "commits",
            [record.baseCommit, record.headCommit].compactMap { $0?.prefix(12) }.joined(separator: "…"),
            output
        )
        let blockers = issue.blockers.map { "#\($0.number)\($0.isOpen ? "" : " (done)")" }
        try row("blocked by", blockers.joined(separator: ", "), output)
        try row("held by", SafeText.line(issue.remote?.heldBy ?? ""), output)
        try row("pull", issue.pull.map { "#\($0.number) (\($0.state)) \(SafeText.line($0.url))" } ?? "", output)
        try row("url", SafeText.line(issue.remote?.url ?? ""), output)
        try row("attempts", record.attempts == 0 ? "" : "\(record.attempts) failed", output)
        try row(
            "filed",
            "\(TimeText.local(record.createdAtMs)) by \(SafeText.line(record.author.isEmpty ? "somebody" : record.author))",
            output
        )
        let text = IssueText(nowMs: nowMs)
        try text.charter(issue.record.body, to: output)
        try text.comments(issue.comments, to: output)
    }

    private func row(_ name: String, _ value: String, _ output: Output) throws {
        try IssueText.row(name, value, to: output)
    }
}
