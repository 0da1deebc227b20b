import OrchCore

extension Routes {
    /// Pull requests (docs.github.com/rest/pulls/pulls).
    static let pulls: [Route] = [
        Route("GET", "pulls", .read("pull_requests=read")) { state, call in try pullList(state, call) },
        Route("POST", "pulls", .write(as: .none, "pull_requests=write")) { state, call in
            let number = try state.openPull(
                call.repository,
                title: try call.needText("title", "PullRequest"),
                body: call.text("body"),
                head: try call.needText("head", "PullRequest"),
                base: try call.needText("base", "PullRequest"),
                isDraft: call.body["draft"]?.boolValue ?? false,
                by: call.viewer
            )
            return try onePull(&state, call, IssuePlace(repository: call.repository, number: number), status: 201)
        },
        Route("GET", "pulls/:", .read("pull_requests=read")) { state, call in
            let (_, pull) = try state.pull(call.place())
            let accept = call.request.headers["accept"] ?? ""
            if accept.contains("diff") || accept.contains("patch"), let git = try state.repository(call.repository).git
            {
                return APIAnswer(
                    200,
                    text: try git.diff(pull.baseSHA, pull.headSHA),
                    type: "application/vnd.github.v3.diff; charset=utf-8"
                )
            }
            return try onePull(&state, call, call.place())
        },
        Route("PATCH", "pulls/:", .write(as: .none, "pull_requests=write")) { state, call in
            let place = try call.place()
            let (issue, _) = try state.pull(place)
            try call.need(.write, orAuthor: issue.author, state)
            var change = IssueChange()
            change.title = call.text("title")
            change.body = call.body["body"].map { $0.stringValue ?? "" }
            change.isOpen = call.text("state").map { $0 == "open" }
            if let base = call.text("base") { try state.setBase(place, base, by: call.viewer) }
            try state.changeIssue(place, change, by: call.viewer)
            return try onePull(&state, call, place)
        },
        Route("GET", "pulls/:/merge", .read("contents=read")) { state, call in
            if try state.pull(call.place()).pull.mergedMs == nil { throw Refusal.notFound }
            return APIAnswer(204)
        },
        Route("PUT", "pulls/:/merge", .write(as: .write, "contents=write")) { state, call in
            guard let method = GitHubState.MergeMethod(rawValue: call.text("merge_method") ?? "merge") else {
                throw Refusal.invalid("PullRequest", "merge_method", "invalid")
            }
            let commit = try state.merge(
                call.place(),
                method,
                title: call.text("commit_title"),
                message: call.text("commit_message"),
                expecting: call.text("sha"),
                by: call.viewer
            )
            return APIAnswer(
                200,
                ["sha": .string(commit), "merged": true, "message": "Pull Request successfully merged"]
            )
        },
        Route("GET", "pulls/:/files", .read("pull_requests=read")) { state, call in
            let (_, pull) = try state.pull(call.place())
            let files = try state.repository(call.repository).git?.files(pull.baseSHA, pull.headSHA) ?? []
            let render = call.render(state)
            return Paging(call).answer(files) { render.file($0) }
        },
        Route("GET", "pulls/:/commits", .read("pull_requests=read")) { state, call in
            let (_, pull) = try state.pull(call.place())
            let repository = try state.repository(call.repository)
            let commits = try repository.git?.log("\(pull.baseSHA)..\(pull.headSHA)") ?? []
            let render = call.render(state)
            return Paging(call).answer(commits) { render.commit($0, repository) }
        },
    ]

    private static func pullList(_ state: GitHubState, _ call: Call) throws -> APIAnswer {
        let repository = try state.repository(call.repository)
        let wanted = call.request.query("state") ?? "open"
        // `head` counts only as "owner:branch": a branch alone is ignored, as GitHub does.
        let head = call.request.query("head").flatMap { $0.contains(":") ? $0 : nil }
        let base = call.request.query("base")
        let found = repository.issues.values.filter { issue in
            guard let pull = issue.pull else { return false }
            if wanted != "all", issue.isOpen != (wanted == "open") { return false }
            if let base, base != pull.baseRef { return false }
            return head.map { $0.lowercased() == "\(repository.owner):\(pull.headRef)".lowercased() } ?? true
        }
        let sort = call.request.query("sort") ?? "created"
        // "Default: `desc` when sort is `created` or sort is not specified, otherwise `asc`."
        let isAscending = (call.request.query("direction") ?? (sort == "created" ? "desc" : "asc")) == "asc"
        let sorted = found.sorted { left, right in
            let one = (sort == "updated" ? left.updatedMs / 1000 : left.createdMs / 1000, left.number)
            let other = (sort == "updated" ? right.updatedMs / 1000 : right.createdMs / 1000, right.number)
            return isAscending ? one < other : one > other
        }
        let render = call.render(state)
        return Paging(call).answer(sorted) { .object(render.pull($0, repository)) }
    }

    static func onePull(_ state: inout GitHubState, _ call: Call, _ place: IssuePlace, status: Int = 200) throws
        -> APIAnswer
    {
        let isMergeable = try state.mergeability(place)
        let (issue, pull) = try state.pull(place)
        let repository = try state.repository(call.repository)
        let files = try repository.git?.files(pull.baseSHA, pull.headSHA) ?? []
        let commits = try repository.git?.counts(pull.baseSHA, pull.headSHA).ahead ?? 0
        let json = call.render(state).pull(
            issue,
            repository,
            isMergeable: isMergeable,
            files: files,
            commits: commits
        )
        return APIAnswer(status, json)
    }
}
