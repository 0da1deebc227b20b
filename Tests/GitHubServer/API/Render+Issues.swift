import OrchCore

extension Render {
    /// An issue, or a pull request as an issue; alone it also says who closed it.
    func issue(_ issue: ForgeIssue, _ repository: ForgeRepository, isAlone: Bool = false) -> JSONValue {
        let url = "\(urls.repository(repository))/issues/\(issue.number)"
        let assignees = issue.assignees.map(user)
        var members: Members = [
            "id": .integer(issue.id),
            "node_id": .string(NodeID.text(issue.pull == nil ? .issue : .pull, issue.pull?.id ?? issue.id)),
            "number": .integer(Int64(issue.number)), "title": .string(issue.title), "body": .text(issue.body),
            "user": user(issue.author), "state": issue.isOpen ? "open" : "closed",
            "state_reason": .text(issue.stateReason), "locked": .bool(issue.isLocked),
            "active_lock_reason": .text(issue.lockReason), "labels": labels(issue, repository),
            "assignee": assignees.first ?? .null, "assignees": .array(assignees), "milestone": nil,
            "comments": .integer(Int64(issue.comments.count)),
            "created_at": .string(GitHubTime.text(issue.createdMs)),
            "updated_at": .string(GitHubTime.text(issue.updatedMs)), "closed_at": time(issue.closedMs),
            "author_association": .string(association(issue.author, repository)),
            "reactions": reactions(issue.reactions, url), "url": .string(url),
            "repository_url": .string(urls.repository(repository)), "labels_url": .string("\(url)/labels{/name}"),
            "comments_url": .string("\(url)/comments"), "events_url": .string("\(url)/events"),
            "timeline_url": .string("\(url)/timeline"), "html_url": .string(urls.page(repository, issue)),
            "performed_via_github_app": nil,
        ]
        if isAlone { members["closed_by"] = issue.closedBy.map(user) ?? .null }
        if let pull = issue.pull {
            let page = urls.page(repository, issue)
            members["draft"] = .bool(pull.isDraft)
            members["pull_request"] = [
                "url": .string("\(urls.repository(repository))/pulls/\(issue.number)"), "html_url": .string(page),
                "diff_url": .string("\(page).diff"), "patch_url": .string("\(page).patch"),
                "merged_at": time(pull.mergedMs),
            ]
        } else {
            members["sub_issues_summary"] = ["total": 0, "completed": 0, "percent_completed": 0]
            members["issue_dependencies_summary"] = dependencies(issue)
        }
        return .object(members)
    }

    /// How many issues block this one, and how many it blocks: the open ones, and all.
    private func dependencies(_ issue: ForgeIssue) -> JSONValue {
        let blockers = issue.blockedBy.compactMap { state.issuePlaces[$0] }.compactMap { try? state.issue($0) }
        let blocked = state.blocked(by: issue.id).compactMap { try? state.issue($0) }  // what is gone blocks nothing
        return [
            "blocked_by": .integer(Int64(blockers.count(where: \.isOpen))),
            "total_blocked_by": .integer(Int64(blockers.count)),
            "blocking": .integer(Int64(blocked.count(where: \.isOpen))),
            "total_blocking": .integer(Int64(blocked.count)),
        ]
    }

    /// What was done to an issue.
    func event(_ event: ForgeEvent, _ issue: ForgeIssue, _ repository: ForgeRepository, withIssue: Bool = false)
        -> JSONValue
    {
        var members: Members = [
            "id": .integer(event.id), "node_id": .string(NodeID.text(.event, event.id)),
            "url": .string("\(urls.repository(repository))/issues/events/\(event.id)"), "actor": user(event.actor),
            "event": .string(event.name), "commit_id": .text(event.commit), "commit_url": nil,
            "created_at": .string(GitHubTime.text(event.atMs)), "performed_via_github_app": nil,
        ]
        if let label = event.label { members["label"] = ["name": .string(label.name), "color": .string(label.color)] }
        if let rename = event.rename { members["rename"] = ["from": .string(rename.from), "to": .string(rename.to)] }
        if let assignee = event.assignee { members["assignee"] = user(assignee) }
        if event.name == "closed" { members["state_reason"] = .text(event.stateReason) }
        if event.name == "locked" { members["lock_reason"] = .text(event.lockReason) }
        if withIssue { members["issue"] = self.issue(issue, repository) }
        return .object(members)
    }
}

extension GitHubState {
    /// The issues that an issue blocks.
    ///
    /// Most states have no dependencies at all, so the search is as wide as the state only where it must be.
    func blocked(by id: Int64) -> [IssuePlace] {
        guard hasBlockers else { return [] }
        return repositories.flatMap { repository, content in
            content.issues.values.filter { $0.blockedBy.contains(id) }.sorted { $0.number < $1.number }
                .map { IssuePlace(repository: repository, number: $0.number) }
        }
    }
}
