/// What is to become of an issue; nil leaves as it is.
package struct IssueChange: Sendable {
    package var title: String?
    package var body: String?
    package var isOpen: Bool?
    package var stateReason: String?
    package var labels: [String]?
    package var assignees: [String]?

    /// No change yet.
    package init() {}
}

extension GitHubState {
    /// Files an issue (docs.github.com/rest/issues/issues "Create an issue").
    package mutating func createIssue(
        _ repository: Int64,
        title: String,
        body: String?,
        labels: [String] = [],
        assignees: [String] = [],
        by: String
    ) throws -> Int {
        guard try self.repository(repository).hasIssues else { throw Refusal.issuesDisabled }
        try TextRules.checkTitle(title, "Issue")
        if let body { try TextRules.checkBody(body, "Issue") }
        let place = try addIssue(repository, title: title, body: body, by: by)
        try addLabels(place, labels, by: by)
        if !assignees.isEmpty { try changeIssue(place) { $0.assignees = assignees } }
        noteMentions(body, place, by: by)
        return place.number
    }

    /// Gives an issue or a pull request its number.
    mutating func addIssue(_ repository: Int64, title: String, body: String?, by: String, pull: ForgePull? = nil) throws
        -> IssuePlace
    {
        addUser(by)
        let (id, now) = (newID(), nowMs)
        let number = try changeRepository(repository) { repository in
            let number = repository.nextNumber
            repository.nextNumber += 1
            repository.issues[number] = ForgeIssue(
                id: id,
                number: number,
                title: title,
                body: body,
                author: by,
                createdMs: now,
                updatedMs: now,
                pull: pull
            )
            return number
        }
        let place = IssuePlace(repository: repository, number: number)
        issuePlaces[id] = place
        return place
    }

    /// Changes an issue or a pull request (docs.github.com/rest/issues/issues "Update an issue").
    package mutating func changeIssue(_ place: IssuePlace, _ change: IssueChange, by: String) throws {
        let before = try issue(place)
        let resource = before.pull == nil ? "Issue" : "PullRequest"
        if let title = change.title { try TextRules.checkTitle(title, resource) }
        if let body = change.body { try TextRules.checkBody(body, resource) }
        if change.isOpen == true, before.pull?.mergedMs != nil {
            throw Refusal.invalid(resource, "state", "invalid")
        }
        if let title = change.title, title != before.title {
            try addEvent(place, "renamed", by: by) { $0.rename = (before.title, title) }
            try changeIssue(place) { $0.title = title }
            try bump(place)
        }
        if let body = change.body, body != before.body ?? "" {
            let now = nowMs
            try changeIssue(place) { issue in
                issue.body = body
                issue.bodyEdits.append((by, now))
            }
            try bump(place)
            noteMentions(body, place, by: by)
        }
        if let labels = change.labels { try setLabels(place, labels, by: by) }
        if let assignees = change.assignees { try assign(place, assignees, by: by) }
        if let isOpen = change.isOpen { try setOpen(place, isOpen, reason: change.stateReason, by: by) }
    }

    /// Opens or closes; what is so already stays as it is.
    package mutating func setOpen(
        _ place: IssuePlace,
        _ isOpen: Bool,
        reason: String? = nil,
        by: String,
        commit: String? = nil
    ) throws {
        let before = try issue(place)
        let reason = before.pull != nil ? nil : isOpen ? "reopened" : reason ?? "completed"
        guard before.isOpen != isOpen || (!isOpen && before.pull == nil && before.stateReason != reason) else { return }
        try addEvent(place, isOpen ? "reopened" : "closed", by: by) { event in
            event.stateReason = isOpen ? nil : reason
            event.commit = commit
        }
        let now = nowMs
        try changeIssue(place) { issue in
            issue.isOpen = isOpen
            issue.stateReason = reason
            issue.closedMs = isOpen ? nil : now
            issue.closedBy = isOpen ? nil : by
        }
        try bump(place)
    }

    private mutating func assign(_ place: IssuePlace, _ assignees: [String], by: String) throws {
        let before = try issue(place).assignees
        let known = assignees.compactMap { user($0)?.login }
        guard before != known else { return }
        for login in before where !known.contains(login) {
            try addEvent(place, "unassigned", by: by) { $0.assignee = login }
        }
        for login in known where !before.contains(login) {
            try addEvent(place, "assigned", by: by) { $0.assignee = login }
        }
        try changeIssue(place) { $0.assignees = known }
        try bump(place)
    }

    /// Writes down what was done to an issue.
    mutating func addEvent(
        _ place: IssuePlace,
        _ name: String,
        by: String,
        _ fill: (inout ForgeEvent) -> Void = { _ in }
    )
        throws
    {
        addUser(by)
        var event = ForgeEvent(id: newID(), name: name, actor: by, atMs: nowMs)
        fill(&event)
        try changeIssue(place) { $0.events.append(event) }
    }

    /// Sets `updated_at` to now.
    mutating func bump(_ place: IssuePlace) throws {
        let now = nowMs
        try changeIssue(place) { $0.updatedMs = now }
    }

    /// Writes down whom a text mentions.
    mutating func noteMentions(_ text: String?, _ place: IssuePlace, by: String) {
        for who in TextRules.mentions(text ?? "") where user(who) != nil {
            mentions.append(Mention(who: who, by: by, number: place.number))
        }
    }
}

extension Refusal {
    /// The repository has no issues (410, docs.github.com/rest/issues/issues).
    static var issuesDisabled: Refusal { Refusal(410, "Issues are disabled for this repo") }
}
