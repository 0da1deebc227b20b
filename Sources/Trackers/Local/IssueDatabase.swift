/// What the local tracker needs of the database that its issues are in.
///
/// Declared here and implemented by the hub, so that this module knows no store.
package protocol IssueDatabase: Sendable {
    /// Makes the shown labels of an issue the wanted ones, in one transaction; the labels then, or nil when there is no such issue.
    ///
    /// - Throws: when the database can't be written now.
    func showWantedLabels(issue: Int) async throws -> [String]?

    /// Adds a comment unless one with its marker is there; the comment's id, or nil when there is no such issue.
    ///
    /// - Throws: when the database can't be written now.
    func addComment(issue: Int, author: String, body: String, marker: String) async throws -> Int64?
}
