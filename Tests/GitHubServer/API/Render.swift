import OrchCore

/// Makes the JSON that the REST API answers with.
struct Render {
    let state: GitHubState
    let urls: URLs

    /// Members that are put together.
    typealias Members = [String: JSONValue]

    /// A user, as they are embedded everywhere.
    func user(_ login: String) -> JSONValue {
        guard let user = state.user(login) else {
            return ["login": "ghost", "id": 10137, "type": "User", "node_id": "U_kwDO0", "site_admin": false]
        }
        return [
            "login": .string(user.login), "id": .integer(user.id), "node_id": .string(NodeID.text(.user, user.id)),
            "type": .string(user.type), "site_admin": false, "avatar_url": "",
            "url": .string("\(urls.api)/users/\(Percent.encode(user.login))"),
            "html_url": .string("\(urls.html)/\(user.login)"),
        ]
    }

    /// A label.
    func label(_ label: ForgeLabel, _ repository: ForgeRepository) -> JSONValue {
        [
            "id": .integer(label.id), "node_id": .string(NodeID.text(.label, label.id)), "name": .string(label.name),
            "color": .string(label.color), "description": .text(label.about), "default": false,
            "url": .string("\(urls.repository(repository))/labels/\(Percent.encode(label.name))"),
        ]
    }

    /// The labels of an issue.
    func labels(_ issue: ForgeIssue, _ repository: ForgeRepository) -> JSONValue {
        .array(issue.labels.compactMap { repository.labels[$0] }.map { label($0, repository) })
    }

    /// A comment of a conversation.
    func comment(_ comment: ForgeComment, _ issue: ForgeIssue, _ repository: ForgeRepository) -> JSONValue {
        let url = "\(urls.repository(repository))/issues/comments/\(comment.id)"
        return [
            "id": .integer(comment.id), "node_id": .string(NodeID.text(.comment, comment.id)), "url": .string(url),
            "html_url": .string("\(urls.page(repository, issue))#issuecomment-\(comment.id)"),
            "issue_url": .string("\(urls.repository(repository))/issues/\(issue.number)"),
            "user": user(comment.author), "body": .string(comment.body),
            "created_at": .string(GitHubTime.text(comment.createdMs)),
            "updated_at": .string(GitHubTime.text(comment.updatedMs)),
            "author_association": .string(association(comment.author, repository)),
            "reactions": reactions(comment.reactions, url), "performed_via_github_app": nil,
        ]
    }

    /// The numbers of reactions.
    func reactions(_ reactions: [ForgeReaction], _ url: String) -> JSONValue {
        var members: Members = ["url": .string("\(url)/reactions"), "total_count": .integer(Int64(reactions.count))]
        for content in ForgeReaction.contents {
            members[content] = .integer(Int64(reactions.count { $0.content == content }))
        }
        return .object(members)
    }

    /// One reaction.
    func reaction(_ reaction: ForgeReaction) -> JSONValue {
        [
            "id": .integer(reaction.id), "node_id": .string(NodeID.text(.reaction, reaction.id)),
            "user": user(reaction.user), "content": .string(reaction.content),
            "created_at": .string(GitHubTime.text(reaction.atMs)),
        ]
    }

    /// How a user relates to a repository: relation, not permission.
    func association(_ login: String, _ repository: ForgeRepository) -> String {
        if let given = repository.associations[login.lowercased()] { return given }
        if login.lowercased() == repository.owner.lowercased() { return "OWNER" }
        if state.role(of: login, in: repository) > .none { return "COLLABORATOR" }
        return repository.contributors.contains(login.lowercased()) ? "CONTRIBUTOR" : "NONE"
    }

    /// A time, or null.
    func time(_ ms: Int64?) -> JSONValue { .text(ms.map(GitHubTime.text)) }
}
