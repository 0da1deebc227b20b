/// Why an agent is thought stalled, and what was tried: the facts of a stall report.
package struct StallEvidence: Sendable, Hashable {
    /// What made the hub call it stalled.
    package enum Cause: String, Sendable, Hashable, CaseIterable {
        /// Its conversation showed no sign of life.
        case silent
        /// It worked, but reported nothing after all nudges.
        case unresponsive
        /// It waits for a decision that nobody makes.
        case undecided
        /// It said itself that it can't go on.
        case blocked
        /// Something failed that trying again does not mend.
        case failed
    }

    /// The agent's name.
    package var agent: String
    /// Its issue.
    package var issue: Int?
    /// Since when it is called stalled, in milliseconds since 1970.
    package var sinceMs: Int64
    /// What made the hub call it so.
    package var cause: Cause
    /// The reason as recorded.
    package var reason: String
    /// Worked time without a sign of life, in milliseconds.
    package var silentMs: Int64?
    /// The last sign of life.
    package var lastEvent: String?
    /// When that was, in milliseconds since 1970.
    package var lastEventMs: Int64?
    /// Worked time of its budget, in milliseconds.
    package var workedMs: Int64
    /// Its budget of worked time, in milliseconds.
    package var budgetMs: Int64
    /// What it was doing when it was last seen: commands without an end.
    package var running: [String]
    /// What the hub did about it, oldest first.
    package var tried: [String]

    /// The facts of a stall.
    package init(
        agent: String,
        issue: Int?,
        sinceMs: Int64,
        cause: Cause,
        reason: String,
        silentMs: Int64? = nil,
        lastEvent: String? = nil,
        lastEventMs: Int64? = nil,
        workedMs: Int64,
        budgetMs: Int64,
        running: [String] = [],
        tried: [String] = []
    ) {
        self.agent = agent
        self.issue = issue
        self.sinceMs = sinceMs
        self.cause = cause
        self.reason = reason
        self.silentMs = silentMs
        self.lastEvent = lastEvent
        self.lastEventMs = lastEventMs
        self.workedMs = workedMs
        self.budgetMs = budgetMs
        self.running = running
        self.tried = tried
    }

    /// The report: who, since when, why, what was tried, what helps.
    ///
    /// Safe to print.
    package func text(nowMs: Int64) -> String {
        let ago = DurationText.format(max(0, nowMs - sinceMs))
        var lines = [
            "Agent `\(SafeText.line(agent))`\(issue.map { " (#\($0))" } ?? "") is stalled since \(Timestamp.utc(sinceMs)), \(ago) ago."
        ]
        lines.append("Why: \(line(reason)).")
        lines.append("Evidence: \(evidence(nowMs)).")
        if !running.isEmpty {
            let shown = running.prefix(5).map { "`\(line($0, 120))`" }.joined(separator: ", ")
            lines.append(
                "Not finished when last seen: \(shown)\(running.count > 5 ? " and \(running.count - 5) more" : "")."
            )
        }
        lines.append(
            "Tried: \(tried.isEmpty ? "nothing yet" : tried.suffix(10).map { line($0, 120) }.joined(separator: "; "))."
        )
        lines.append("What helps: \(help).")
        return lines.joined(separator: "\n")
    }

    private func evidence(_ nowMs: Int64) -> String {
        var parts: [String] = []
        if let lastEventMs {
            let what = lastEvent.map { " (\(line($0, 120)))" } ?? ""
            parts.append("last sign of life \(DurationText.format(max(0, nowMs - lastEventMs))) ago\(what)")
        } else {
            parts.append("no sign of life yet")
        }
        if let silentMs { parts.append("\(DurationText.format(silentMs)) of work without one") }
        parts.append("\(DurationText.format(workedMs)) of \(DurationText.format(budgetMs)) used")
        return parts.joined(separator: "; ")
    }

    private var help: String {
        let name = SafeText.line(agent)
        let again = issue.map { "`orch issue retry \($0)`" } ?? "`orch agent close \(name)`"
        switch cause {
        case .silent:
            return "`orch agent interrupt \(name)`, then \(again); a sign of life takes the stall back by itself"
        case .unresponsive: return "`orch send \(name) …` with a smaller step, or `orch agent close \(name)`"
        case .undecided: return "`orch send \(name) …`, or `orch agent close \(name)`"
        case .blocked: return "take away what blocks it, then `orch send \(name) …`"
        case .failed: return "mend what the reason names, then \(again)"
        }
    }

    private func line(_ text: String, _ limit: Int = 400) -> String {
        var line = SafeText.line(Clip.characters(text, limit))
        while line.hasSuffix(".") { line.removeLast() }
        return line
    }
}
