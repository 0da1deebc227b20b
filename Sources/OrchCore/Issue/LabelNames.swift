/// What the hub's labels are called in the tracker.
package struct LabelNames: Sendable, Hashable {
    /// Hands an issue to the hub.
    package var orchestrate: String
    /// Waits for an agent.
    package var queued: String
    /// An agent works on it.
    package var running: String
    /// Its branch waits for a person.
    package var review: String
    /// Finished.
    package var done: String
    /// Needs somebody.
    package var stalled: String
    /// Asks for a pull request, or locally for a review, when the work is complete.
    package var prOnComplete: String

    /// The names, by default those of the original program.
    package init(
        orchestrate: String = "orchestrate",
        queued: String = "agent:queued",
        running: String = "agent:running",
        review: String = "agent:review",
        done: String = "agent:done",
        stalled: String = "agent:stalled",
        prOnComplete: String = "auto:pr-on-complete"
    ) {
        self.orchestrate = orchestrate
        self.queued = queued
        self.running = running
        self.review = review
        self.done = done
        self.stalled = stalled
        self.prOnComplete = prOnComplete
    }

    /// All of them, in the order of an issue's life.
    package var all: [String] { [orchestrate, queued, running, review, done, stalled, prOnComplete] }

    /// What is wrong with them, in words: each must be there, be short enough for a tracker, and differ from the others.
    package var problems: [String] {
        var problems: [String] = []
        var seen: Set<String> = []
        for name in all {
            let shown = SafeText.line(Clip.characters(name, 60))
            if name.utf8.allSatisfy({ $0.isSpace || $0 == 0x0A }) { problems.append("a label has an empty name") }
            if name.unicodeScalars.count > 50 { problems.append("the label `\(shown)` is longer than 50 characters") }
            if name.unicodeScalars.contains(where: { $0.value < 0x20 || $0 == "," }) {
                problems.append("the label `\(shown)` has a comma or a control character in it")
            }
            if !seen.insert(name.lowercased()).inserted { problems.append("two labels are called `\(shown)`") }
        }
        return problems
    }
}
