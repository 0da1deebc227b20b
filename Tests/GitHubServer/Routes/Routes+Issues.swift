import OrchCore

extension Routes {
    /// Issues (docs.github.com/rest/issues/issues) and what was done to them (docs.github.com/rest/issues/events, timeline).
    static let issues: [Route] = [
        Route("GET", "issues", .read("issues=read", "pull_requests=read")) { state, call in
            try IssueList(call).answer(state)
        },
        Route("POST", "issues", .write(as: .none, "issues=write")) { state, call in
            let canLabel = try state.role(of: call.viewer, in: state.repository(call.repository)) >= .triage
            let labels = try labelNames(call.body["labels"]?.arrayValue ?? [])
            let number = try state.createIssue(
                call.repository,
                title: try call.needText("title", "Issue"),
                body: call.text("body"),
                labels: canLabel ? labels : [],  // "silently dropped" without push access
                assignees: canLabel ? assignees(call) ?? [] : [],
                by: call.viewer
            )
            return try alone(state, call, number, status: 201)
        },
        Route("GET", "issues/events", .read("issues=read")) { state, call in
            let repository = try state.repository(call.repository)
            let events = repository.issues.values.flatMap { issue in issue.events.map { ($0, issue) } }
                .sorted { $0.0.id > $1.0.id }
            let render = call.render(state)
            return Paging(call).answer(events) { render.event($0.0, $0.1, repository, withIssue: true) }
        },
        Route("GET", "issues/:", .read("issues=read", "pull_requests=read")) { state, call in
            try alone(state, call, Int(call.number()))
        },
        Route("PATCH", "issues/:", .write(as: .none, "issues=write", "pull_requests=write")) { state, call in
            let place = try call.place()
            let issue = try state.issue(place)
            try call.need(.triage, orAuthor: issue.author, state)
            if call.body["title"] != nil || call.body["body"] != nil {
                try call.need(.write, orAuthor: issue.author, state)
            }
            try state.changeIssue(place, try change(call, state), by: call.viewer)
            return try alone(state, call, place.number)
        },
        Route("PUT", "issues/:/lock", .write(as: .write, "issues=write", "pull_requests=write")) { state, call in
            try state.setLocked(call.place(), true, reason: call.text("lock_reason"), by: call.viewer)
            return APIAnswer(204)
        },
        Route("DELETE", "issues/:/lock", .write(as: .write, "issues=write", "pull_requests=write")) { state, call in
            try state.setLocked(call.place(), false, by: call.viewer)
            return APIAnswer(204)
        },
        Route("GET", "issues/:/events", .read("issues=read", "pull_requests=read")) { state, call in
            let issue = try state.issue(call.place())
            let repository = try state.repository(call.repository)
            let render = call.render(state)
            return Paging(call).answer(issue.events) { render.event($0, issue, repository) }
        },
        Route("GET", "issues/:/timeline", .read("issues=read", "pull_requests=read")) { state, call in
            let items = try call.render(state).timeline(call.place())
            return Paging(call).answer(items) { $0 }
        },
    ]

    private static func alone(_ state: GitHubState, _ call: Call, _ number: Int, status: Int = 200) throws -> APIAnswer
    {
        let repository = try state.repository(call.repository)
        if !repository.hasIssues, repository.issues[number]?.pull == nil { throw Refusal.issuesDisabled }
        let issue = try state.issue(IssuePlace(repository: call.repository, number: number))
        var json = call.render(state).issue(issue, repository, isAlone: true)
        if call.request.headers["x-github-api-version"] == "2026-03-10", case .object(var members) = json {
            members["assignee"] = nil  // gone in that version
            json = .object(members)
        }
        return APIAnswer(status, json)
    }

    private static func assignees(_ call: Call) -> [String]? {
        if let list = call.body["assignees"]?.arrayValue { return list.compactMap(\.stringValue) }
        return call.text("assignee").map { [$0] }
    }

    private static func change(_ call: Call, _ state: GitHubState) throws -> IssueChange {
        var change = IssueChange()
        change.title = call.text("title")
        change.body = call.body["body"].map { $0.stringValue ?? "" }
        if let text = call.text("state") {
            guard ["open", "closed"].contains(text) else { throw Refusal.invalid("Issue", "state", "invalid") }
            change.isOpen = text == "open"
        }
        if let reason = call.text("state_reason") {
            guard ["completed", "not_planned", "reopened", "duplicate"].contains(reason) else {
                throw Refusal.invalid("Issue", "state_reason", "invalid")
            }
            change.stateReason = reason
        }
        // Without triage access labels and assignees are dropped silently.
        guard try state.role(of: call.viewer, in: state.repository(call.repository)) >= .triage else { return change }
        change.labels = try call.body["labels"]?.arrayValue.map(labelNames)
        change.assignees = assignees(call)
        return change
    }
}

extension Render {
    /// All that happened to an issue in order: comments, reviews and events.
    func timeline(_ place: IssuePlace) throws -> [JSONValue] {
        let issue = try state.issue(place)
        let repository = try state.repository(place.repository)
        var items: [(atMs: Int64, id: Int64, json: JSONValue)] = issue.events.map {
            ($0.atMs, $0.id, event($0, issue, repository))
        }
        for comment in issue.comments {
            guard case .object(var members) = self.comment(comment, issue, repository) else { continue }
            members["event"] = "commented"
            members["actor"] = user(comment.author)
            items.append((comment.createdMs, comment.id, .object(members)))
        }
        for review in issue.pull?.reviews ?? [] where review.submittedMs != nil {
            guard case .object(var members) = self.review(review, issue, repository) else { continue }
            members["event"] = "reviewed"
            items.append((review.submittedMs ?? 0, review.id, .object(members)))
        }
        return items.sorted { ($0.atMs, $0.id) < ($1.atMs, $1.id) }.map(\.json)
    }
}
