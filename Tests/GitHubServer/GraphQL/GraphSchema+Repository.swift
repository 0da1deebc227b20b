import OrchCore

extension GraphSchema {
    /// A repository.
    func repository(_ id: Int64) -> GraphNode {
        GraphNode(type: "Repository") { [self] name, arguments in
            let repository = try state.repository(id)
            switch name {
            case "id": return .text(NodeID.text(.repository, id))
            case "databaseId": return .number(id)
            case "name": return .text(repository.name)
            case "nameWithOwner": return .text(repository.fullName)
            case "owner": return .node(user(repository.owner))
            case "url": return .text(urls.page(repository))
            case "description", "parent", "homepageUrl": return .null
            case "hasIssuesEnabled": return .flag(repository.hasIssues)
            case "hasWikiEnabled", "isFork", "rebaseMergeAllowed", "hasProjectsEnabled": return .flag(false)
            case "mergeCommitAllowed", "squashMergeAllowed": return .flag(true)
            case "isPrivate": return .flag(repository.isPrivate)
            case "isArchived": return .flag(repository.isArchived)
            case "visibility": return .text(repository.isPrivate ? "PRIVATE" : "PUBLIC")
            case "createdAt": return .time(repository.createdMs)
            case "deleteBranchOnMerge": return .flag(repository.deletesMergedBranches)
            case "viewerPermission":
                let role = state.role(of: viewer, in: repository)
                return .text(role == .none ? "READ" : role.name.uppercased())
            case "defaultBranchRef":
                return .node(.fixed("Ref", ["name": .text(repository.defaultBranch)]))
            case "issue", "issueOrPullRequest", "pullRequest": return try one(name, repository, arguments)
            case "issues": return .node(issues(repository, arguments))
            case "pullRequests": return .node(pulls(repository, arguments))
            case "label":
                let label = repository.label(named: arguments["name"]?.stringValue ?? "")
                return label.map { .node(self.label($0)) } ?? .null
            case "labels": return .node(labels(repository, arguments))
            case "assignableUsers":
                let logins = [repository.owner] + repository.roles.filter { $0.value >= .triage }.keys.sorted()
                return .node(connection("User", logins.map { .node(user($0)) }, arguments))
            case "milestones", "projectsV2": return .node(connection(name, [], arguments))
            default: return nil
            }
        }
    }

    private func one(_ kind: String, _ repository: ForgeRepository, _ arguments: GraphNode.Arguments) throws
        -> GraphValue
    {
        let number = arguments["number"]?.intValue ?? 0
        if let issue = repository.issues[Int(number)] {
            let isFit =
                switch kind {
                case "issue": issue.pull == nil
                case "pullRequest": issue.pull != nil
                default: true
                }
            if isFit { return .node(self.issue(IssuePlace(repository: repository.id, number: Int(number)))) }
        }
        let what = kind == "issue" ? "an Issue" : kind == "pullRequest" ? "a PullRequest" : "an issue or pull request"
        throw Refusal(404, "Could not resolve to \(what) with the number of \(number).")
    }

    private func issues(_ repository: ForgeRepository, _ arguments: GraphNode.Arguments) -> GraphNode {
        let filter = arguments["filterBy"] ?? [:]
        let states = Self.texts(arguments["states"] ?? filter["states"])
        let labels = Self.texts(arguments["labels"] ?? filter["labels"]).map { $0.lowercased() }
        let found = repository.issues.values.filter { issue in
            if issue.pull != nil { return false }
            if !states.isEmpty, !states.contains(issue.isOpen ? "OPEN" : "CLOSED") { return false }
            let names = repository.labelNames(issue).map { $0.lowercased() }
            // Any of them, unlike the REST API's.
            if !labels.isEmpty, !labels.contains(where: names.contains) { return false }
            if let author = filter["createdBy"]?.stringValue, author.lowercased() != issue.author.lowercased() {
                return false
            }
            if let assignee = filter["assignee"]?.stringValue, !issue.assignees.contains(assignee) { return false }
            guard let login = filter["mentioned"]?.stringValue else { return true }
            return state.mentions.contains { $0.number == issue.number && $0.who == login }
        }
        return connection("Issue", sorted(found, repository, arguments), arguments)
    }

    private func pulls(_ repository: ForgeRepository, _ arguments: GraphNode.Arguments) -> GraphNode {
        let states = Self.texts(arguments["states"])
        let found = repository.issues.values.filter { issue in
            guard let pull = issue.pull else { return false }
            let word = pull.mergedMs != nil ? "MERGED" : issue.isOpen ? "OPEN" : "CLOSED"
            if !states.isEmpty, !states.contains(word) { return false }
            if let head = arguments["headRefName"]?.stringValue, head != pull.headRef { return false }
            if let base = arguments["baseRefName"]?.stringValue, base != pull.baseRef { return false }
            return true
        }
        return connection("PullRequest", sorted(found, repository, arguments), arguments)
    }

    private func sorted(_ issues: [ForgeIssue], _ repository: ForgeRepository, _ arguments: GraphNode.Arguments)
        -> [GraphValue]
    {
        let byUpdate = arguments["orderBy"]?["field"]?.stringValue == "UPDATED_AT"
        let isAscending = arguments["orderBy"]?["direction"]?.stringValue == "ASC"
        let sorted = issues.sorted { left, right in
            let one = (byUpdate ? left.updatedMs : left.createdMs, left.number)
            let other = (byUpdate ? right.updatedMs : right.createdMs, right.number)
            return isAscending ? one < other : one > other
        }
        return sorted.map { .node(issue(IssuePlace(repository: repository.id, number: $0.number))) }
    }

    private func labels(_ repository: ForgeRepository, _ arguments: GraphNode.Arguments) -> GraphNode {
        let text = arguments["query"]?.stringValue?.lowercased() ?? ""
        let found = repository.labels.values.filter { text.isEmpty || $0.name.lowercased().contains(text) }
        let byName = arguments["orderBy"]?["field"]?.stringValue == "NAME"
        let isDescending = arguments["orderBy"]?["direction"]?.stringValue == "DESC"
        var sorted = found.sorted { byName ? $0.name.lowercased() < $1.name.lowercased() : $0.id < $1.id }
        if isDescending { sorted.reverse() }
        return connection("Label", sorted.map { .node(label($0)) }, arguments)
    }

    /// The texts of a list, or of one text.
    static func texts(_ value: JSONValue?) -> [String] {
        if let text = value?.stringValue { return [text] }
        return (value?.arrayValue ?? []).compactMap(\.stringValue)
    }
}
