/// What all checks say about a commit.
package struct GHCheckReport: Sendable, Hashable {
    /// What one of the two interfaces says.
    struct Part: Sendable, Hashable {
        var checks: [GHCheck] = []
        /// For the next read.
        var validator: String?
        var isReadable = true
    }

    var runs = Part()
    var statuses = Part()

    /// Nothing yet.
    package init() {}

    /// The checks, check runs first.
    package var checks: [GHCheck] { runs.checks + statuses.checks }
    /// The parts that the token may not read: `checks`, `statuses`.
    package var unreadable: [String] {
        (runs.isReadable ? [] : ["checks"]) + (statuses.isReadable ? [] : ["statuses"])
    }
    /// The checks that failed.
    package var failed: [GHCheck] { checks.filter { $0.state == .failure } }
    /// Whether some have not ended.
    package var isPending: Bool { checks.contains { $0.state == .pending } }
}
