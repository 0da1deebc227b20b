import OrchCore

extension Routes {
    /// Comments (docs.github.com/rest/issues/comments).
    static let comments: [Route] = [
        Route("GET", "issues/comments", .read("issues=read", "pull_requests=read")) { state, call in
            let repository = try state.repository(call.repository)
            var found: [(ForgeComment, ForgeIssue)] = []
            let since = try sinceMs(call)
            for issue in repository.issues.values {
                for comment in issue.comments where isSince(comment.updatedMs, since) { found.append((comment, issue)) }
            }
            let byUpdate = call.request.query("sort") == "updated"
            // Without `sort`, ascending by id whatever `direction` says.
            let isAscending = call.request.query("sort") == nil || call.request.query("direction") == "asc"
            found.sort { left, right in
                let one = (byUpdate ? left.0.updatedMs / 1000 : left.0.createdMs / 1000, left.0.id)
                let other = (byUpdate ? right.0.updatedMs / 1000 : right.0.createdMs / 1000, right.0.id)
                return isAscending ? one < other : one > other
            }
            let render = call.render(state)
            return Paging(call).answer(found) { render.comment($0.0, $0.1, repository) }
        },
        Route("GET", "issues/comments/:", .read("issues=read", "pull_requests=read")) { state, call in
            try one(state, call, try call.number())
        },
        Route("PATCH", "issues/comments/:", .write(as: .none, "issues=write", "pull_requests=write")) { state, call in
            let id = try call.number()
            try call.need(.write, orAuthor: try own(state, call, id).author, state)
            try state.editComment(id, try call.needText("body", "IssueComment"), by: call.viewer)
            return try one(state, call, id)
        },
        Route("DELETE", "issues/comments/:", .write(as: .none, "issues=write", "pull_requests=write")) { state, call in
            let id = try call.number()
            try call.need(.write, orAuthor: try own(state, call, id).author, state)
            try state.deleteComment(id)
            return APIAnswer(204)
        },
        Route("GET", "issues/:/comments", .read("issues=read", "pull_requests=read")) { state, call in
            let issue = try state.issue(call.place())
            let repository = try state.repository(call.repository)
            let render = call.render(state)
            let since = try sinceMs(call)
            // Always ascending by id; `sort` means nothing here.
            return Paging(call).answer(issue.comments.filter { isSince($0.updatedMs, since) }) {
                render.comment($0, issue, repository)
            }
        },
        Route("POST", "issues/:/comments", .write(as: .none, "issues=write", "pull_requests=write")) { state, call in
            let body = try call.needText("body", "IssueComment")
            let id = try state.addComment(call.place(), body, by: call.viewer)
            var answer = try one(state, call, id, status: 201)
            answer.headers["location"] =
                "\(call.urls.repository(try state.repository(call.repository)))/issues/comments/\(id)"
            return answer
        },
    ]

    /// What `since` says, in whole seconds; nil without it.
    static func sinceMs(_ call: Call) throws -> Int64? {
        guard let text = call.request.query("since") else { return nil }
        guard let ms = GitHubTime.parse(text) else { throw Refusal(422, "Invalid since: \(text)") }
        return ms / 1000 * 1000
    }

    /// Whether something was changed since then, inclusively.
    static func isSince(_ updatedMs: Int64, _ sinceMs: Int64?) -> Bool {
        sinceMs.map { updatedMs / 1000 * 1000 >= $0 } ?? true
    }

    /// A comment, if it is of this repository.
    private static func own(_ state: GitHubState, _ call: Call, _ id: Int64) throws -> ForgeComment {
        let (place, comment) = try state.comment(id)
        guard place.repository == call.repository else { throw Refusal.notFound }
        return comment
    }

    private static func one(_ state: GitHubState, _ call: Call, _ id: Int64, status: Int = 200) throws -> APIAnswer {
        let comment = try own(state, call, id)
        let repository = try state.repository(call.repository)
        let issue = try state.issue(try state.comment(id).place)
        return APIAnswer(status, call.render(state).comment(comment, issue, repository))
    }
}
