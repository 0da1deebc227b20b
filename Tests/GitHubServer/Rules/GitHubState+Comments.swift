extension GitHubState {
    /// Comments on an issue or a pull request (docs.github.com/rest/issues/comments).
    package mutating func addComment(_ place: IssuePlace, _ body: String, by: String) throws -> Int64 {
        let issue = try issue(place)
        try checkOpenConversation(issue, place, by: by)
        try TextRules.checkComment(body)
        addUser(by)
        let comment = ForgeComment(id: newID(), author: by, body: body, createdMs: nowMs, updatedMs: nowMs)
        try changeIssue(place) { $0.comments.append(comment) }
        commentPlaces[comment.id] = place
        try bump(place)
        noteMentions(body, place, by: by)
        return comment.id
    }

    /// Changes a comment's body; the issue's `updated_at` moves too.
    package mutating func editComment(_ id: Int64, _ body: String, by: String) throws {
        let (place, _) = try comment(id)
        try TextRules.checkComment(body)
        let now = nowMs
        try changeComment(place, id) { comment in
            comment.body = body
            comment.updatedMs = now
            comment.edits += 1
        }
        try bump(place)
        noteMentions(body, place, by: by)
    }

    /// Deletes a comment.
    package mutating func deleteComment(_ id: Int64) throws {
        let (place, _) = try comment(id)
        try changeIssue(place) { $0.comments.removeAll { $0.id == id } }
        commentPlaces[id] = nil
        try bump(place)
    }

    /// A comment and where it is.
    package func comment(_ id: Int64) throws -> (place: IssuePlace, comment: ForgeComment) {
        guard let place = commentPlaces[id],
            let comment = repositories[place.repository]?.issues[place.number]?.comments.first(where: { $0.id == id })
        else { throw Refusal.notFound }
        return (place, comment)
    }

    mutating func changeComment(_ place: IssuePlace, _ id: Int64, _ body: (inout ForgeComment) -> Void) throws {
        try changeIssue(place) { issue in
            guard let index = issue.comments.firstIndex(where: { $0.id == id }) else { throw Refusal.notFound }
            body(&issue.comments[index])
        }
    }

    /// In a locked conversation only those with write access speak (docs.github.com "Locking conversations").
    func checkOpenConversation(_ issue: ForgeIssue, _ place: IssuePlace, by: String) throws {
        guard issue.isLocked, role(of: by, in: try repository(place.repository)) < .write else { return }
        throw Refusal(403, "Unable to create comment because issue is locked.")
    }
}
