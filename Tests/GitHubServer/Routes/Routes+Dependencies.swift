import OrchCore

extension Routes {
    /// What blocks what (docs.github.com/rest/issues/issue-dependencies).
    static let dependencies: [Route] = [
        Route("GET", "issues/:/dependencies/blocked_by", .read("issues=read")) { state, call in
            let blockers = try state.issue(call.place()).blockedBy.compactMap { state.issuePlaces[$0] }
            return Paging(call).answer(seen(blockers, state, call)) { $0 }
        },
        Route("GET", "issues/:/dependencies/blocking", .read("issues=read")) { state, call in
            let blocked = state.blocked(by: try state.issue(call.place()).id)
            return Paging(call).answer(seen(blocked, state, call)) { $0 }
        },
        Route("POST", "issues/:/dependencies/blocked_by", .write(as: .triage, "issues=write")) { state, call in
            guard let id = call.body["issue_id"]?.intValue else {
                throw Refusal.invalid("Issue", "issue_id", "missing_field")
            }
            try state.addBlocker(call.place(), id, by: call.viewer)
            return try blocked(state, call, status: 201)
        },
        Route("DELETE", "issues/:/dependencies/blocked_by/:", .write(as: .triage, "issues=write")) { state, call in
            try state.removeBlocker(call.place(), try call.number(1), by: call.viewer)
            return try blocked(state, call, status: 200)
        },
    ]

    private static func blocked(_ state: GitHubState, _ call: Call, status: Int) throws -> APIAnswer {
        let issue = try state.issue(call.place())
        return APIAnswer(status, call.render(state).issue(issue, try state.repository(call.repository)))
    }

    /// The issues that the asker may see.
    private static func seen(_ places: [IssuePlace], _ state: GitHubState, _ call: Call) -> [JSONValue] {
        let render = call.render(state)
        return places.compactMap { place in
            guard let repository = state.repositories[place.repository], let issue = repository.issues[place.number],
                !repository.isPrivate || state.role(of: call.viewer, in: repository) >= .read
            else { return nil }
            return render.issue(issue, repository)
        }
    }
}
