/// Whether the tracker can be worked with.
package enum TrackerState: String, Sendable, Hashable, CaseIterable {
    /// Nothing was asked yet.
    case unknown
    case ok
    /// No connection, no name, or no answer in time: it passes by itself.
    case unreachable
    /// The token is refused.
    case unauthorized
    /// The token may not do what is needed.
    case forbidden
    /// There is no such repository, or the token can't see it.
    case gone
    /// The repository takes no changes any more.
    case archived
    /// The repository has no issues.
    case issuesOff = "issues_off"

    /// Whether agents may be started on its issues: what was begun goes on while it can't be reached.
    package var letsWorkBegin: Bool { self == .ok || self == .unknown }
}
