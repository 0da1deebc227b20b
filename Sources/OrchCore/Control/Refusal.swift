/// Why something the orchestrator asked for is not done; the words go back to it.
package struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, and what would be right.
    package var reason: String

    /// A refusal.
    package init(_ reason: String) { self.reason = reason }

    /// The reason.
    package var description: String { reason }
}
