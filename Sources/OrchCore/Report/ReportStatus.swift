/// What a sub-agent says of its own work at the end of a step.
package enum ReportStatus: Sendable, Hashable {
    /// Complete.
    case done
    /// There is more to do.
    case goOn
    /// It can't go on by itself, and why.
    case blocked(String)
    /// It does not say.
    case unknown

    /// The word for digests and logs.
    package var word: String {
        switch self {
        case .done: "done"
        case .goOn: "continue"
        case .blocked: "blocked"
        case .unknown: "unknown"
        }
    }

    /// Why it is blocked, if it is.
    package var reason: String? { if case .blocked(let why) = self { why } else { nil } }
}
