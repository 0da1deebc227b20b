import OrchCore
import OrchStore

/// The words of an issue on paper, wherever it is.
struct IssueText {
    let nowMs: Int64

    /// Its charter by headings, or its text where there are none.
    func charter(_ body: String, to output: Output) throws {
        let charter = Charter.parse(body: body)
        let acceptance = charter.acceptance.map { "[\($0.isDone ? "x" : " ")] \($0.text)" }.joined(separator: "\n")
        let sections = [
            ("Goal", charter.goal), ("Acceptance", acceptance), ("Scope", charter.scope),
            ("Validation", charter.validation),
        ].filter { !$0.1.isEmpty }
        // Without a heading there is no charter, and the goal is the text.
        if sections.isEmpty || (sections.map(\.0) == ["Goal"] && !body.lowercased().contains("goal")) {
            if !body.isEmpty { try section("Text", body, output) }
            return
        }
        for (name, text) in sections { try section(name, text, output) }
    }

    /// What was said, oldest first.
    func comments(_ comments: [IssueTable.Comment], to output: Output) throws {
        guard !comments.isEmpty else { return }
        try output.line()
        try output.line(output.ink(.bold, "Comments (\(comments.count))"))
        for comment in comments {
            try output.line(
                "  " + output.ink(.dim, "\(SafeText.line(comment.author)), \(TimeText.ago(comment.atMs, nowMs: nowMs))")
            )
            try indented(comment.body, by: "    ", output)
        }
    }

    /// A fact in a line of its own; nothing for an empty one.
    static func row(_ name: String, _ value: String, to output: Output) throws {
        guard !value.isEmpty else { return }
        try output.line(output.ink(.dim, Column.left(name, 12)) + value)
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
