import OrchCore
import OrchStore

/// Shows how the demo goes: a table that is drawn anew on a terminal, a line for each change elsewhere.
struct DemoView {
    private let output: Output
    private let startMs: Int64
    private var shown: DemoSnapshot?
    /// What stands on the screen.
    private var drawn = ""

    /// A view that counts time from `startMs`.
    init(_ output: Output, startMs: Int64) {
        self.output = output
        self.startMs = startMs
    }

    /// Shows a moment.
    mutating func show(_ snapshot: DemoSnapshot, nowMs: Int64) throws {
        if output.isTerminal { try draw(snapshot, nowMs: nowMs) } else { try tell(snapshot, nowMs: nowMs) }
        shown = snapshot
        try output.flush()
    }

    private mutating func draw(_ snapshot: DemoSnapshot, nowMs: Int64) throws {
        output.measure()
        let style = TableStyle(width: output.width - 1, hasColour: output.hasColour)
        let head = output.ink(
            .dim,
            "\(TimeText.length((nowMs - startMs) / 1_000 * 1_000)) · up to 2 agents at once · Ctrl-C ends it"
        )
        let text = head + "\n" + TableRenderer(style).text(snapshot.table)
        guard text != drawn else { return }
        // Back to the table's first line, and clear from there: the screen above stays as it is.
        let lines = Self.height(of: drawn, width: output.width)
        if lines > 0 { try output.write("\u{1B}[\(lines)A\u{1B}[J") }
        try output.write(text)
        drawn = text
    }

    /// The lines that a text takes on the screen: a terminal that was made narrower has broken some of them.
    static func height(of text: String, width: Int) -> Int {
        text.replacing(/\u{1B}\[[0-9;]*m/, with: "").split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .reduce(0) { $0 + max(1, (DisplayWidth.of(String($1)) + width - 1) / width) }
    }

    private func tell(_ snapshot: DemoSnapshot, nowMs: Int64) throws {
        let time = Column.right(TimeText.length((nowMs - startMs) / 1_000 * 1_000), 6)
        for issue in snapshot.issues {
            let old = shown?.issues.first { $0.number == issue.number }
            var news: [String] = []
            if old?.phase != issue.phase { news.append(old.map { "\($0.phase) → \(issue.phase)" } ?? issue.phase) }
            if old?.agent != issue.agent || old?.state != issue.state, let agent = issue.agent, let state = issue.state
            {
                news.append("\(agent) is \(state)")
            }
            guard !news.isEmpty else { continue }
            try output.line("\(time)  #\(issue.number)  \(SafeText.line(news.joined(separator: ", ")))")
        }
    }
}
