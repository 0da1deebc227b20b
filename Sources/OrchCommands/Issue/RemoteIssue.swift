import GitHub
import OrchCore
import OrchStore

/// An issue as GitHub shows it now, of which orch's database knows nothing.
struct RemoteIssue {
    var issue: GHIssue
    var comments: [IssueTable.Comment]

    /// Asks for it.
    ///
    /// - Throws: `GitHubError` with code `notFound` or `gone` when there is none.
    static func ask(_ number: Int, _ client: GitHubClient) async throws -> RemoteIssue {
        let issue = try await client.issue(number)
        let comments = try await client.issueComments(number).map {
            IssueTable.Comment(
                id: $0.id,
                author: $0.author.login,
                body: String(CommentMarker.stripped($0.body)),
                atMs: $0.createdAt.ms
            )
        }
        return RemoteIssue(issue: issue, comments: comments)
    }

    /// The issue as JSON: the keys of an issue in the database, as far as GitHub knows them.
    var json: JSONValue {
        [
            "number": .number(issue.number), "title": .string(issue.title), "body": .string(issue.body),
            "author": .string(issue.author.login), "state": .string(issue.state.rawValue), "phase": "none",
            "labels": .array(issue.labels.map { .string($0) }), "url": .string(issue.url),
            "is_pull_request": .bool(issue.isPullRequest), "created_at_ms": .integer(issue.createdAt.ms),
            "updated_at_ms": .integer(issue.updatedAt.ms), "closed_at_ms": .number(issue.closedAt?.ms),
            "charter": StoredIssue.json(Charter.parse(body: issue.body)),
            "comments": .array(comments.map(StoredIssue.json)),
        ]
    }

    /// Writes it for people.
    func write(to output: Output, nowMs: Int64) throws {
        try output.line(output.ink(.bold, "#\(issue.number) \(SafeText.line(issue.title))"))
        let what = issue.isPullRequest ? "pull request, " : ""
        try IssueText.row("state", "\(what)\(issue.state.rawValue), not in the hub's hands", to: output)
        try IssueText.row("labels", issue.labels.map(SafeText.line).joined(separator: ", "), to: output)
        try IssueText.row("url", SafeText.line(issue.url), to: output)
        try IssueText.row(
            "filed",
            "\(TimeText.local(issue.createdAt.ms)) by \(SafeText.line(issue.author.login))",
            to: output
        )
        let text = IssueText(nowMs: nowMs)
        try text.charter(issue.body, to: output)
        try text.comments(comments, to: output)
    }
}
