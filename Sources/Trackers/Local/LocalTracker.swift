/// The tracker whose issues are in the hub's own database.
package struct LocalTracker: Tracker {
    /// Who the hub's comments are by.
    package static let author = "orch"

    private let database: any IssueDatabase

    /// A tracker on a database.
    package init(_ database: any IssueDatabase) {
        self.database = database
    }

    package func showLabels(issue: Int) async throws(TrackerError) -> [String] {
        try await ask(issue) { try await database.showWantedLabels(issue: issue) }
    }

    package func postComment(issue: Int, body: String, marker: String) async throws(TrackerError) -> Int64 {
        try await ask(issue) {
            try await database.addComment(issue: issue, author: Self.author, body: body, marker: marker)
        }
    }

    private func ask<T>(_ issue: Int, _ body: () async throws -> T?) async throws(TrackerError) -> T {
        let found: T?
        do {
            found = try await body()
        } catch {
            throw TrackerError(.unavailable, "issue #\(issue) can't be written now: \(error)")
        }
        guard let found else { throw TrackerError(.notFound, "there is no issue #\(issue)") }
        return found
    }
}
