/// What all checks say about a commit.
package struct GHCheckReport: Sendable, Hashable {
    /// The checks, check runs first.
    package var checks: [GHCheck] = []
    /// The parts that the token may not read: `checks`, `statuses`.
    package var unreadable: [String] = []

    /// Nothing yet.
    package init() {}

    /// The checks that failed.
    package var failed: [GHCheck] { checks.filter { $0.state == .failure } }
    /// Whether some have not ended.
    package var isPending: Bool { checks.contains { $0.state == .pending } }
}
