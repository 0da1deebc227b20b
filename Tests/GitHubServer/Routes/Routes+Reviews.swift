import OrchCore

extension Routes {
    /// Reviews (docs.github.com/rest/pulls/reviews) and comments on lines (docs.github.com/rest/pulls/comments).
    static let reviews: [Route] = [
        Route("GET", "pulls/comments", .read("pull_requests=read")) { state, call in
            let repository = try state.repository(call.repository)
            let since = try sinceMs(call)
            var found: [(ForgeReviewComment, ForgeIssue)] = []
            for issue in repository.issues.values {
                for comment in issue.pull?.comments ?? [] where isSince(comment.updatedMs, since) {
                    found.append((comment, issue))
                }
            }
            let byUpdate = call.request.query("sort") == "updated"
            let isAscending = call.request.query("sort") == nil || call.request.query("direction") == "asc"
            found.sort { left, right in
                let one = (byUpdate ? left.0.updatedMs / 1000 : left.0.createdMs / 1000, left.0.id)
                let other = (byUpdate ? right.0.updatedMs / 1000 : right.0.createdMs / 1000, right.0.id)
                return isAscending ? one < other : one > other
            }
            let render = call.render(state)
            return Paging(call).answer(found) { render.reviewComment($0.0, $0.1, repository) }
        },
        Route("GET", "pulls/comments/:", .read("pull_requests=read")) { state, call in
            try oneLine(state, call, try call.number())
        },
        Route("PATCH", "pulls/comments/:", .write(as: .none, "pull_requests=write")) { state, call in
            let id = try call.number()
            try call.need(.write, orAuthor: try state.reviewComment(id).comment.author, state)
            try state.editReviewComment(id, try call.needText("body", "PullRequestReviewComment"))
            return try oneLine(state, call, id)
        },
        Route("DELETE", "pulls/comments/:", .write(as: .none, "pull_requests=write")) { state, call in
            let id = try call.number()
            try call.need(.write, orAuthor: try state.reviewComment(id).comment.author, state)
            try state.deleteReviewComment(id)
            return APIAnswer(204)
        },
        Route("GET", "pulls/:/reviews", .read("pull_requests=read")) { state, call in
            let (issue, pull) = try state.pull(call.place())
            let repository = try state.repository(call.repository)
            let render = call.render(state)
            // One's own pending reviews are seen, others' are not.
            let seen = pull.reviews.filter {
                $0.verdict != .pending || $0.author.lowercased() == call.viewer.lowercased()
            }
            return Paging(call).answer(seen) { render.review($0, issue, repository) }
        },
        Route("POST", "pulls/:/reviews", .write(as: .none, "pull_requests=write")) { state, call in
            let verdicts: [String: ForgeReview.Verdict] = [
                "APPROVE": .approved, "REQUEST_CHANGES": .changesRequested, "COMMENT": .commented, "PENDING": .pending,
            ]
            guard let verdict = verdicts[call.text("event") ?? "PENDING"] else {
                throw Refusal.invalid("PullRequestReview", "event", "invalid")
            }
            let comments = try (call.body["comments"]?.arrayValue ?? []).map(lineComment)
            let id = try state.addReview(
                call.place(),
                verdict,
                call.text("body") ?? "",
                comments: comments,
                by: call.viewer
            )
            let (issue, pull) = try state.pull(call.place())
            guard let review = pull.reviews.first(where: { $0.id == id }) else { throw Refusal.notFound }
            return APIAnswer(200, call.render(state).review(review, issue, try state.repository(call.repository)))
        },
        Route("GET", "pulls/:/reviews/:/comments", .read("pull_requests=read")) { state, call in
            let (issue, pull) = try state.pull(call.place())
            let review = try call.number(1)
            let repository = try state.repository(call.repository)
            let render = call.render(state)
            return Paging(call).answer(pull.comments.filter { $0.review == review }) {
                render.reviewComment($0, issue, repository)
            }
        },
        Route("GET", "pulls/:/comments", .read("pull_requests=read")) { state, call in
            let (issue, pull) = try state.pull(call.place())
            let since = try sinceMs(call)
            let repository = try state.repository(call.repository)
            let render = call.render(state)
            return Paging(call).answer(pull.comments.filter { isSince($0.updatedMs, since) }) {
                render.reviewComment($0, issue, repository)
            }
        },
        Route("POST", "pulls/:/comments", .write(as: .none, "pull_requests=write")) { state, call in
            let place = try call.place()
            if let parent = call.body["in_reply_to"]?.intValue { return try reply(&state, call, place, to: parent) }
            let id = try state.addReviewComment(
                place,
                try lineComment(call.body),
                side: call.text("side") ?? "RIGHT",
                commit: call.text("commit_id"),
                by: call.viewer
            )
            return try oneLine(state, call, id, status: 201)
        },
        Route("POST", "pulls/:/comments/:/replies", .write(as: .none, "pull_requests=write")) { state, call in
            try reply(&state, call, call.place(), to: try call.number(1))
        },
    ]

    private static func reply(_ state: inout GitHubState, _ call: Call, _ place: IssuePlace, to parent: Int64) throws
        -> APIAnswer
    {
        let (known, comment) = try state.reviewComment(parent)
        guard known == place else { throw Refusal.notFound }
        let id = try state.addReviewComment(
            place,
            LineComment(comment.path, comment.line ?? 1, try call.needText("body", "PullRequestReviewComment")),
            side: comment.side,
            commit: comment.commit,
            inReplyTo: comment.inReplyTo ?? parent,  // threads are flat
            by: call.viewer
        )
        return try oneLine(state, call, id, status: 201)
    }

    private static func lineComment(_ body: JSONValue) throws -> LineComment {
        guard let path = body["path"]?.stringValue, let text = body["body"]?.stringValue,
            let line = (body["line"] ?? body["position"])?.intValue
        else { throw Refusal.invalid("PullRequestReviewComment", "path", "missing_field") }
        return LineComment(path, Int(line), text)
    }

    private static func oneLine(_ state: GitHubState, _ call: Call, _ id: Int64, status: Int = 200) throws -> APIAnswer
    {
        let (place, comment) = try state.reviewComment(id)
        guard place.repository == call.repository else { throw Refusal.notFound }
        let repository = try state.repository(call.repository)
        return APIAnswer(status, call.render(state).reviewComment(comment, try state.issue(place), repository))
    }
}
