/// The words by which the demo's orchestrator and workers understand each other.
enum DemoTexts {
    /// Begins the message that sends work back.
    static let sentBack = "Sent back: the check of this issue fails"
    /// Begins the message after which a worker takes its second step.
    static let goOn = "Go on with the second step"
    /// Begins the summary of a report on work whose check fails.
    static let checkFails = "The check fails"

    /// Whether a message says that a turn was cut off: the work is gone on with, and nothing new is asked for.
    static func isContinuation(_ text: String) -> Bool {
        // How `Prompts.continuation` begins; then words that a prompt of somebody's own may have.
        let beginnings = [
            "Your last turn was cut off", "Your last turn failed", "You take over from an earlier conversation",
        ]
        if beginnings.contains(where: { text.hasPrefix($0) }) { return true }
        guard !text.hasPrefix("DECISION-READY DIGEST") else { return false }
        let text = text.lowercased()
        return ["interrupted", "cut off", "was killed", "were killed"].contains { text.contains($0) }
    }
}
