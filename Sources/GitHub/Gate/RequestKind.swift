/// What a request counts as.
package enum RequestKind: String, Sendable, Hashable, CaseIterable {
    /// Changes nothing.
    case read
    /// Changes something that notifies nobody: labels.
    case write
    /// Makes or edits text that people may be notified of: comments, pull requests, reactions.
    ///
    /// That an edit counts is not documented, but assumed.
    case content

    /// Its points for the secondary limit.
    ///
    /// Source:
    /// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#calculating-points-for-the-secondary-rate-limit
    package var points: Int { self == .read ? 1 : 5 }
    /// Whether it is one of those that go one after the other.
    package var isWrite: Bool { self != .read }
}
