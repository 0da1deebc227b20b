import OrchCore

extension GraphSchema {
    /// An issue or a pull request.
    func issue(_ place: IssuePlace) -> GraphNode {
        let isPull = state.repositories[place.repository]?.issues[place.number]?.pull != nil
        return GraphNode(type: isPull ? "PullRequest" : "Issue") { [self] name, arguments in
            let repository = try state.repository(place.repository)
            let issue = try state.issue(place)
            if let pull = issue.pull, let value = try field(name, arguments, pull, issue, repository) { return value }
            return try field(name, arguments, issue, repository)
        }
    }

    private func field(
        _ name: String,
        _ arguments: GraphNode.Arguments,
        _ issue: ForgeIssue,
        _ repository: ForgeRepository
    ) throws -> GraphValue? {
        switch name {
        case "id":
            return .text(NodeID.text(issue.pull == nil ? .issue : .pull, issue.pull?.id ?? issue.id))
        case "databaseId": return .number(issue.pull?.id ?? issue.id)
        case "number": return .number(issue.number)
        case "title": return .text(issue.title)
        case "body": return .text(issue.body ?? "")
        case "state": return .text(issue.isOpen ? "OPEN" : "CLOSED")
        case "stateReason": return .text(issue.stateReason?.uppercased())
        case "closed": return .flag(!issue.isOpen)
        case "url": return .text(urls.page(repository, issue))
        case "createdAt": return .time(issue.createdMs)
        case "updatedAt": return .time(issue.updatedMs)
        case "closedAt": return .time(issue.closedMs)
        case "locked": return .flag(issue.isLocked)
        case "activeLockReason":
            let word = issue.lockReason?.uppercased().replacing("-", with: "_").replacing(" ", with: "_")
            return .text(word)
        case "author": return .node(user(issue.author))
        case "authorAssociation":
            return .text(Render(state: state, urls: urls).association(issue.author, repository))
        case "viewerDidAuthor": return .flag(issue.author.lowercased() == viewer.lowercased())
        case "milestone": return .null
        case "assignees":
            return .node(connection("User", issue.assignees.map { .node(user($0)) }, arguments))
        case "labels":
            let labels = issue.labels.compactMap { repository.labels[$0] }.map { GraphValue.node(label($0)) }
            return .node(connection("Label", labels, arguments))
        case "comments":
            return .node(connection("IssueComment", issue.comments.map { .node(comment($0.id)) }, arguments))
        case "reactionGroups": return reactionGroups(issue.reactions)
        case "repository": return .node(self.repository(repository.id))
        case "projectItems": return .node(connection("ProjectV2Item", [], arguments))
        case "projectCards":
            // What github.com answers since classic projects are gone: gh 2.23 to 2.46 fails on it (cli/cli#11992).
            throw Refusal(
                404,
                "Projects (classic) has been deprecated in favor of the new Projects experience, see: "
                    + "https://github.blog/changelog/2024-05-23-sunset-notice-projects-classic/."
            )
        default: return nil
        }
    }
}
