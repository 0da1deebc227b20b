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
        try row("attempts", record.attempts == 0 ? "" : "\(record.attempts) failed", output)
        try row(
            "filed",
            "\(TimeText.local(record.createdAtMs)) by \(SafeText.line(record.author.isEmpty ? "somebody" : record.author))",
            output
        )
        try charter(output)
        try comments(output)
    }

    private func row(_ name: String, _ value: String, _ output: Output) throws {
        guard !value.isEmpty else { return }
        try output.line(output.ink(.dim, Column.left(name, 12)) + value)
    }

    private func charter(_ output: Output) throws {
        let charter = Charter.parse(body: issue.record.body)
        let acceptance = charter.acceptance.map { "[\($0.isDone ? "x" : " ")] \($0.text)" }.joined(separator: "\n")
        let sections = [
            ("Goal", charter.goal), ("Acceptance", acceptance), ("Scope", charter.scope),
            ("Validation", charter.validation),
        ].filter { !$0.1.isEmpty }
        // Without a heading there is no charter, and the goal is the text.
        if sections.isEmpty || (sections.map(\.0) == ["Goal"] && !issue.record.body.lowercased().contains("goal")) {
            if !issue.record.body.isEmpty { try section("Text", issue.record.body, output) }
            return
        }
        for (name, text) in sections { try section(name, text, output) }
    }

    private func comments(_ output: Output) throws {
        guard !issue.comments.isEmpty else { return }
        try output.line()
        try output.line(output.ink(.bold, "Comments (\(issue.comments.count))"))
        for comment in issue.comments {
            try output.line(
                "  " + output.ink(.dim, "\(SafeText.line(comment.author)), \(TimeText.ago(comment.atMs, nowMs: nowMs))")
            )
            try indented(comment.body, by: "    ", output)
        }
    }

    private func section(_ name: String, _ text: String, _ output: Output) throws {
        try output.line()
        try output.line(output.ink(.bold, name))
        try indented(text, by: "  ", output)
    }

    private func indented(_ text: String, by margin: String, _ output: Output) throws {
        for line in SafeText.block(text).split(separator: "\n", omittingEmptySubsequences: false) {
            try output.line(line.isEmpty ? "" : margin + line)
        }
    }
}
