/// The colours of states.
enum PhaseInk {
    /// The colour of a phase, status or outcome; nil for one that is not worth a colour.
    @Sendable
    static func of(_ word: String) -> Ink? {
        switch word {
        case "running", "working", "performing", "submitting": .cyan
        case "done", "approved", "executed", "completed", "pass", "ok", "ready": .green
        case "review", "wrapping_up", "pending", "starting", "warning", "suppressed": .yellow
        case "stalled", "failed", "refused", "denied", "lost", "parked", "fail", "problem", "expired": .red
        case "none", "closed", "stopped", "cancelled", "interrupted": .dim
        default: nil
        }
    }
}
