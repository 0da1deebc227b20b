import OrchCore

/// A comment on a line, to be made with a review.
package struct LineComment: Sendable {
    package var path: String
    package var line: Int
    package var body: String

    /// A comment on a line of a file.
    package init(_ path: String, _ line: Int, _ body: String) {
        self.path = path
        self.line = line
        self.body = body
    }
}

extension GitHubState {
    /// Reviews a pull request (docs.github.com/rest/pulls/reviews "Create a review").
    package mutating func addReview(
        _ place: IssuePlace,
        _ verdict: ForgeReview.Verdict,
        _ body: String,
        comments: [LineComment] = [],
        by: String
    ) throws -> Int64 {
        let (issue, pull) = try pull(place)
        try checkOpenConversation(issue, place, by: by)
        if issue.author.lowercased() == by.lowercased() {
            switch verdict {
            case .approved:
                throw Refusal(422, "Unprocessable Entity", errors: ["Can not approve your own pull request"])
            case .changesRequested:
                throw Refusal(422, "Unprocessable Entity", errors: ["Can not request changes on your own pull request"])
            default: break
            }
        }
        let needsBody = verdict == .changesRequested || (verdict == .commented && comments.isEmpty)
        if needsBody, body.trimmed.isEmpty { throw Refusal(422, "Unprocessable Entity", errors: ["Body is required"]) }
        try TextRules.checkBody(body, "PullRequestReview")
        for comment in comments { try TextRules.checkComment(comment.body, "PullRequestReviewComment") }
        addUser(by)
        let review = ForgeReview(
            id: newID(),
            author: by,
            verdict: verdict,
            body: body,
            commit: pull.headSHA,
            submittedMs: verdict == .pending ? nil : nowMs
        )
        try changePull(place) { $0.reviews.append(review) }
        for comment in comments {
            try add(comment, side: "RIGHT", commit: pull.headSHA, review: review.id, place, by: by)
        }
        if verdict != .pending { try bump(place) }
        noteMentions(body, place, by: by)
        return review.id
    }

    /// Comments on a line, alone or in reply: GitHub makes a review of its own for it.
    package mutating func addReviewComment(
        _ place: IssuePlace,
        _ comment: LineComment,
        side: String = "RIGHT",
        commit: String? = nil,
        inReplyTo: Int64? = nil,
        by: String
    ) throws -> Int64 {
        let (issue, pull) = try pull(place)
        try checkOpenConversation(issue, place, by: by)
        try TextRules.checkComment(comment.body, "PullRequestReviewComment")
        addUser(by)
        let commit = commit ?? pull.headSHA
        let review = ForgeReview(
            id: newID(),
            author: by,
            verdict: .commented,
            body: "",
            commit: commit,
            submittedMs: nowMs
        )
        try changePull(place) { $0.reviews.append(review) }
        let id = try add(comment, side: side, commit: commit, review: review.id, inReplyTo: inReplyTo, place, by: by)
        try bump(place)
        return id
    }

    /// Changes a line comment.
    package mutating func editReviewComment(_ id: Int64, _ body: String) throws {
        try TextRules.checkComment(body, "PullRequestReviewComment")
        let now = nowMs
        let place = try reviewComment(id).place
        try changeReviewComment(id) { comment in
            comment.body = body
            comment.updatedMs = now
        }
        try bump(place)
    }

    /// Deletes a line comment.
    package mutating func deleteReviewComment(_ id: Int64) throws {
        let place = try reviewComment(id).place
        try changePull(place) { $0.comments.removeAll { $0.id == id } }
        reviewCommentPlaces[id] = nil
        try bump(place)
    }

    /// A line comment and where it is.
    package func reviewComment(_ id: Int64) throws -> (place: IssuePlace, comment: ForgeReviewComment) {
        guard let place = reviewCommentPlaces[id],
            let comment = repositories[place.repository]?.issues[place.number]?.pull?.comments.first(where: {
                $0.id == id
            })
        else { throw Refusal.notFound }
        return (place, comment)
    }

    mutating func changeReviewComment(_ id: Int64, _ body: (inout ForgeReviewComment) -> Void) throws {
        guard let place = reviewCommentPlaces[id] else { throw Refusal.notFound }
        try changePull(place) { pull in
            guard let index = pull.comments.firstIndex(where: { $0.id == id }) else { return }
            body(&pull.comments[index])
        }
    }

    /// Changes a pull request in its place.
    mutating func changePull(_ place: IssuePlace, _ body: (inout ForgePull) -> Void) throws {
        try changeIssue(place) { issue in
            guard var pull = issue.pull else { throw Refusal.notFound }
            issue.pull = nil  // so that the change below copies nothing
            body(&pull)
            issue.pull = pull
        }
    }

    @discardableResult
    private mutating func add(
        _ comment: LineComment,
        side: String,
        commit: String,
        review: Int64,
        inReplyTo: Int64? = nil,
        _ place: IssuePlace,
        by: String
    ) throws -> Int64 {
        let made = ForgeReviewComment(
            id: newID(),
            review: review,
            author: by,
            body: comment.body,
            path: comment.path,
            line: comment.line,
            side: side,
            commit: commit,
            inReplyTo: inReplyTo,
            createdMs: nowMs,
            updatedMs: nowMs
        )
        try changePull(place) { $0.comments.append(made) }
        reviewCommentPlaces[made.id] = place
        noteMentions(comment.body, place, by: by)
        return made.id
    }
}
