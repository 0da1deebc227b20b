import OrchCore

extension GraphSchema {
    /// The root of mutations, those that gh uses (docs.github.com/graphql/reference/mutations).
    var mutation: GraphNode {
        GraphNode(type: "Mutation") { [self] name, arguments in
            let input = arguments["input"] ?? [:]
            guard let payload = try perform(name, input) else { return nil }
            let fields = payload.merging(["clientMutationId": .text(input["clientMutationId"]?.stringValue)]) { $1 }
            return .node(.fixed("\(name.prefix(1).uppercased())\(name.dropFirst())Payload", fields))
        }
    }

    private func perform(_ name: String, _ input: JSONValue) throws -> [String: GraphValue]? {
        func text(_ key: String) -> String? { input[key]?.stringValue }
        switch name {
        case "addComment":
            let place = try need(.none, text("subjectId"), name)
            let id = try state.addComment(place, text("body") ?? "", by: viewer)
            return ["commentEdge": .node(.fixed("IssueCommentEdge", ["node": .node(comment(id))]))]
        case "updateIssueComment", "deleteIssueComment":
            guard let (_, id) = NodeID.parse(text("id") ?? "") else { throw Refusal.notFound }
            let (place, known) = try state.comment(id)
            _ = try need(known.author == viewer ? .none : .write, place, name)
            if name == "deleteIssueComment" {
                try state.deleteComment(id)
                return [:]
            }
            try state.editComment(id, text("body") ?? "", by: viewer)
            return ["issueComment": .node(comment(id))]
        case "createIssue": return try createIssue(input)
        case "updateIssue": return ["issue": try update(text("id"), input, name)]
        case "updatePullRequest": return ["pullRequest": try update(text("pullRequestId"), input, name)]
        case "closeIssue", "reopenIssue":
            let place = try need(.triage, text("issueId"), name)
            let reason = text("stateReason")?.lowercased()
            try state.setOpen(place, name == "reopenIssue", reason: reason, by: viewer)
            return ["issue": .node(issue(place))]
        case "deleteIssue":
            let place = try need(.admin, text("issueId"), name)
            try state.deleteIssue(place)
            return ["repository": .node(repository(place.repository))]
        case "transferIssue":
            let place = try need(.write, text("issueId"), name)
            guard let (_, target) = NodeID.parse(text("repositoryId") ?? "") else { throw Refusal.notFound }
            return ["issue": .node(issue(try state.transferIssue(place, to: target, by: viewer)))]
        case "lockLockable", "unlockLockable":
            let place = try need(.write, text("lockableId"), name)
            try state.setLocked(place, name == "lockLockable", by: viewer)
            return [name == "lockLockable" ? "lockedRecord" : "unlockedRecord": .node(issue(place))]
        case "addLabelsToLabelable", "removeLabelsFromLabelable": return try changeLabels(input, name)
        case "addReaction": return try react(input)
        default: return try performOnPull(name, input)
        }
    }

    private func performOnPull(_ name: String, _ input: JSONValue) throws -> [String: GraphValue]? {
        func text(_ key: String) -> String? { input[key]?.stringValue }
        switch name {
        case "createPullRequest":
            guard let (_, id) = NodeID.parse(text("repositoryId") ?? "") else { throw Refusal.notFound }
            try checkArchived(id)
            let number = try state.openPull(
                id,
                title: text("title") ?? "",
                body: text("body"),
                head: text("headRefName") ?? "",
                base: text("baseRefName") ?? "",
                isDraft: input["draft"]?.boolValue ?? false,
                by: viewer
            )
            return ["pullRequest": .node(issue(IssuePlace(repository: id, number: number)))]
        case "closePullRequest", "reopenPullRequest":
            let place = try need(.triage, text("pullRequestId"), name)
            try state.setOpen(place, name == "reopenPullRequest", by: viewer)
            return ["pullRequest": .node(issue(place))]
        case "markPullRequestReadyForReview", "convertPullRequestToDraft":
            let place = try need(.write, text("pullRequestId"), name)
            try state.setDraft(place, name == "convertPullRequestToDraft", by: viewer)
            return ["pullRequest": .node(issue(place))]
        case "mergePullRequest":
            let place = try need(.write, text("pullRequestId"), name)
            let method = GitHubState.MergeMethod(rawValue: text("mergeMethod")?.lowercased() ?? "merge") ?? .merge
            try state.merge(
                place,
                method,
                title: text("commitHeadline"),
                message: text("commitBody"),
                expecting: text("expectedHeadOid"),
                by: viewer
            )
            return ["pullRequest": .node(issue(place))]
        case "addPullRequestReview":
            let place = try need(.none, text("pullRequestId"), name)
            let verdicts: [String: ForgeReview.Verdict] = [
                "APPROVE": .approved, "REQUEST_CHANGES": .changesRequested, "COMMENT": .commented,
            ]
            let verdict = verdicts[text("event") ?? ""] ?? .pending
            _ = try state.addReview(place, verdict, text("body") ?? "", by: viewer)
            return ["pullRequest": .node(issue(place))]
        default: return nil
        }
    }

    private func createIssue(_ input: JSONValue) throws -> [String: GraphValue] {
        guard let (_, id) = NodeID.parse(input["repositoryId"]?.stringValue ?? "") else { throw Refusal.notFound }
        try checkArchived(id)
        let number = try state.createIssue(
            id,
            title: input["title"]?.stringValue ?? "",
            body: input["body"]?.stringValue,
            labels: try labelNames(id, input["labelIds"]),
            assignees: logins(input["assigneeIds"]),
            by: viewer
        )
        return ["issue": .node(issue(IssuePlace(repository: id, number: number)))]
    }

    private func update(_ id: String?, _ input: JSONValue, _ name: String) throws -> GraphValue {
        let place = try need(.none, id, name)
        let known = try state.issue(place)
        _ = try need(known.author.lowercased() == viewer.lowercased() ? .none : .triage, place, name)
        var change = IssueChange()
        change.title = input["title"]?.stringValue
        change.body = input["body"]?.stringValue
        change.isOpen = input["state"]?.stringValue.map { $0 == "OPEN" }
        if input["labelIds"] != nil { change.labels = try labelNames(place.repository, input["labelIds"]) }
        if input["assigneeIds"] != nil { change.assignees = logins(input["assigneeIds"]) }
        if let base = input["baseRefName"]?.stringValue { try state.setBase(place, base, by: viewer) }
        try state.changeIssue(place, change, by: viewer)
        return .node(issue(place))
    }

    private func changeLabels(_ input: JSONValue, _ name: String) throws -> [String: GraphValue] {
        let place = try need(.triage, input["labelableId"]?.stringValue, name)
        let names = try labelNames(place.repository, input["labelIds"])
        if name == "addLabelsToLabelable" {
            try state.addLabels(place, names, by: viewer)
        } else {
            let known = try state.repository(place.repository).labelNames(state.issue(place))
            for name in names where known.contains(name) { try state.removeLabel(place, name, by: viewer) }
        }
        return ["labelable": .node(issue(place))]
    }

    private func react(_ input: JSONValue) throws -> [String: GraphValue] {
        let name = input["content"]?.stringValue ?? ""
        guard let content = Self.reactionNames.first(where: { $0.1 == name })?.0 else { throw Refusal.notFound }
        let subject = input["subjectId"]?.stringValue ?? ""
        if case (.comment, let id)? = NodeID.parse(subject) {
            _ = try state.react(.comment(id), content, by: viewer)
        } else {
            _ = try state.react(.issue(try place(subject)), content, by: viewer)
        }
        return ["reaction": .node(.fixed("Reaction", ["content": .text(name)]))]
    }

    private func need(_ role: Role, _ id: String?, _ name: String) throws -> IssuePlace {
        try need(role, try place(id ?? ""), name)
    }

    /// Lets through who has a role in the repository of an issue.
    private func need(_ role: Role, _ place: IssuePlace, _ name: String) throws -> IssuePlace {
        try checkArchived(place.repository)
        let known = try state.repository(place.repository)
        let has = state.role(of: viewer, in: known)
        if known.isPrivate, has < .read { throw Refusal.notFound }
        guard has < role else { return place }
        let operation = "\(name.prefix(1).uppercased())\(name.dropFirst())"
        throw Refusal(403, "\(viewer) does not have the correct permissions to execute `\(operation)`")
    }

    private func checkArchived(_ id: Int64) throws {
        if try state.repository(id).isArchived { throw Refusal(403, "Repository was archived so is read-only.") }
    }

    private func labelNames(_ repository: Int64, _ ids: JSONValue?) throws -> [String] {
        let known = try state.repository(repository)
        return try Self.texts(ids).map { id in
            guard let (_, number) = NodeID.parse(id), let label = known.labels[number] else {
                throw Refusal(404, "Could not resolve to a node with the global id of '\(id)'")
            }
            return label.name
        }
    }

    private func logins(_ ids: JSONValue?) -> [String] {
        Self.texts(ids).compactMap { id in
            NodeID.parse(id).flatMap { found in state.users.values.first { $0.id == found.id }?.login }
        }
    }
}
