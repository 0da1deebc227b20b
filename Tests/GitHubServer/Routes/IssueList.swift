import OrchCore

/// The list of issues, which has the pull requests in it too (docs.github.com/rest/issues/issues "List repository issues").
struct IssueList {
    private let call: Call
    private let sinceMs: Int64?
    private let labels: [String]
    private let wantedState: String
    private let creator: String?
    private let assignee: String?

    init(_ call: Call) throws {
        self.call = call
        if let text = call.request.query("since") {
            guard let ms = GitHubTime.parse(text) else { throw Refusal(422, "Invalid since: \(text)") }
            sinceMs = ms / 1000 * 1000
        } else {
            sinceMs = nil
        }
        wantedState = call.request.query("state") ?? "open"
        creator = call.request.query("creator")?.lowercased()
        assignee = call.request.query("assignee")?.lowercased()
        labels = (call.request.query("labels") ?? "").split(separator: ",").map { String($0).trimmed }
    }

    func answer(_ state: GitHubState) throws -> APIAnswer {
        let repository = try state.repository(call.repository)
        guard repository.hasIssues else { throw Refusal.issuesDisabled }
        let direction = call.request.query("direction") ?? "desc"
        let sort = call.request.query("sort") ?? "created"
        guard ["asc", "desc"].contains(direction), ["created", "updated", "comments"].contains(sort) else {
            throw Refusal(422, "Validation Failed")
        }
        // All of the labels must be on it; a label that is not known is on none.
        let wanted = labels.map { repository.label(named: $0)?.id }
        var found: [(key: Paging.Key, item: Int)] = []
        for issue in repository.issues.values where isFit(issue, wanted) {
            let value =
                switch sort {
                case "updated": issue.updatedMs / 1000
                case "comments": Int64(issue.comments.count)
                default: issue.createdMs / 1000
                }
            found.append((Paging.Key(value: value, id: issue.id), issue.number))
        }
        let isAscending = direction == "asc"
        found.sort { isAscending ? $0.key < $1.key : $0.key > $1.key }
        let render = call.render(state)
        return Paging(call).answer(found, ascending: isAscending) { number in
            repository.issues[number].map { render.issue($0, repository) } ?? .null
        }
    }

    private func isFit(_ issue: ForgeIssue, _ wanted: [Int64?]) -> Bool {
        switch wantedState {
        case "all": break
        case "closed": if issue.isOpen { return false }
        default: if !issue.isOpen { return false }
        }
        // `since` is inclusive, and knows whole seconds.
        if let sinceMs, issue.updatedMs / 1000 * 1000 < sinceMs { return false }
        guard wanted.allSatisfy({ id in id.map(issue.labels.contains) ?? false }) else { return false }
        if let creator, creator != issue.author.lowercased() { return false }
        return switch assignee {
        case nil: true
        case "*": !issue.assignees.isEmpty
        case "none": issue.assignees.isEmpty
        case .some(let login): issue.assignees.contains { $0.lowercased() == login }
        }
    }
}
