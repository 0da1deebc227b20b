import OrchCore

/// What can be asked of GitHub in GraphQL.
///
/// A class, since objects ask it for what is below them, and a mutation's answer shows the state after it.
final class GraphSchema {
    var state: GitHubState
    let viewer: String
    let urls: URLs

    init(_ state: GitHubState, viewer: String, urls: URLs) {
        self.state = state
        self.viewer = viewer
        self.urls = urls
    }

    /// The root of queries.
    var query: GraphNode {
        GraphNode(type: "Query") { [self] name, arguments in
            switch name {
            case "viewer": return .node(user(viewer))
            case "repository":
                let names = ["owner", "name"].map { arguments[$0]?.stringValue ?? "" }
                return .node(repository(try find(names.joined(separator: "/"))))
            case "node": return .node(try node(arguments["id"]?.stringValue ?? ""))
            case "user":
                guard let user = state.user(arguments["login"]?.stringValue ?? "") else { throw Refusal.notFound }
                return .node(self.user(user.login))
            case "search": return .node(search(arguments))
            case "__type": return type(arguments["name"]?.stringValue ?? "")
            default: return nil
            }
        }
    }

    /// The id of a repository that the viewer may see; a former name leads to it too.
    func find(_ fullName: String) throws -> Int64 {
        guard let id = state.names[fullName.lowercased()], let repository = state.repositories[id],
            !repository.isPrivate || state.role(of: viewer, in: repository) >= .read
        else { throw Refusal(404, "Could not resolve to a Repository with the name '\(fullName)'.") }
        return id
    }

    /// What an id names.
    func node(_ id: String) throws -> GraphNode {
        switch NodeID.parse(id) {
        case (.issue, _)?, (.pull, _)?: return issue(try place(id))
        case (.repository, let id)? where state.repositories[id] != nil: return repository(id)
        case (.comment, let id)?: return comment(id)
        case (.user, let id)?:
            if let user = state.users.values.first(where: { $0.id == id }) { return self.user(user.login) }
        default: break
        }
        throw Refusal(404, "Could not resolve to a node with the global id of '\(id)'")
    }

    /// The issue or the pull request of an id.
    func place(_ id: String) throws -> IssuePlace {
        switch NodeID.parse(id) {
        case (.issue, let number)?:
            if let place = state.issuePlaces[number] { return place }
        case (.pull, let number)?:
            for (repository, known) in state.repositories {
                guard let issue = known.issues.values.first(where: { $0.pull?.id == number }) else { continue }
                return IssuePlace(repository: repository, number: issue.number)
            }
        default: break
        }
        throw Refusal(404, "Could not resolve to a node with the global id of '\(id)'")
    }

    /// A user, or an app's bot.
    func user(_ login: String) -> GraphNode {
        guard let user = state.user(login) else {
            return .fixed("User", ["login": .text("ghost"), "id": .text("U_kwDO0"), "name": .null])
        }
        let isBot = user.type == "Bot"
        // GraphQL leaves the "[bot]" of a bot's login out.
        let shown = isBot && user.login.hasSuffix("[bot]") ? String(user.login.dropLast(5)) : user.login
        return .fixed(
            user.type,
            [
                "login": .text(shown), "id": .text(NodeID.text(.user, user.id)), "name": .text(user.login),
                "url": .text("\(urls.html)/\(user.login)"), "databaseId": .number(user.id),
            ]
        )
    }

    /// A label.
    func label(_ label: ForgeLabel) -> GraphNode {
        .fixed(
            "Label",
            [
                "id": .text(NodeID.text(.label, label.id)), "name": .text(label.name), "color": .text(label.color),
                "description": .text(label.about),
            ]
        )
    }

    /// A comment of a conversation.
    func comment(_ id: Int64) -> GraphNode {
        guard let (place, comment) = try? state.comment(id),  // an answer about a comment that was just deleted
            let repository = state.repositories[place.repository], let issue = repository.issues[place.number]
        else { return .fixed("IssueComment", [:]) }
        let render = Render(state: state, urls: urls)
        return .fixed(
            "IssueComment",
            [
                "id": .text(NodeID.text(.comment, id)), "databaseId": .number(id),
                "author": .node(user(comment.author)),
                "authorAssociation": .text(render.association(comment.author, repository)), "body": .text(comment.body),
                "createdAt": .time(comment.createdMs), "updatedAt": .time(comment.updatedMs),
                "includesCreatedEdit": .flag(comment.edits > 0), "isMinimized": .flag(false), "minimizedReason": .null,
                "reactionGroups": reactionGroups(comment.reactions),
                "url": .text("\(urls.page(repository, issue))#issuecomment-\(id)"),
                "viewerDidAuthor": .flag(comment.author.lowercased() == viewer.lowercased()),
            ]
        )
    }

    /// The numbers of reactions, by kind.
    func reactionGroups(_ reactions: [ForgeReaction]) -> GraphValue {
        .list(
            GraphSchema.reactionNames.map { content, name in
                let count = reactions.count { $0.content == content }
                let users = GraphNode.fixed("ReactingUserConnection", ["totalCount": .number(count)])
                return .node(.fixed("ReactionGroup", ["content": .text(name), "users": .node(users)]))
            }
        )
    }

    /// GraphQL's names of the reactions.
    static let reactionNames = [
        ("+1", "THUMBS_UP"), ("-1", "THUMBS_DOWN"), ("laugh", "LAUGH"), ("hooray", "HOORAY"), ("confused", "CONFUSED"),
        ("heart", "HEART"), ("rocket", "ROCKET"), ("eyes", "EYES"),
    ]

    /// A list in pages: `first` and `after`, or `last`.
    func connection(_ type: String, _ items: [GraphValue], _ arguments: GraphNode.Arguments) -> GraphNode {
        let start = arguments["after"]?.stringValue.flatMap { Int($0.dropFirst("cursor:".count)) } ?? 0
        var range = min(start, items.count)..<items.count
        if let first = arguments["first"]?.intValue {
            range = range.lowerBound..<min(range.upperBound, range.lowerBound + Int(min(first, 100)))
        } else if let last = arguments["last"]?.intValue {
            range = max(range.lowerBound, range.upperBound - Int(min(last, 100)))..<range.upperBound
        }
        let page = GraphNode.fixed(
            "PageInfo",
            [
                "hasNextPage": .flag(range.upperBound < items.count), "hasPreviousPage": .flag(range.lowerBound > 0),
                "endCursor": .text(range.isEmpty ? nil : "cursor:\(range.upperBound)"),
                "startCursor": .text(range.isEmpty ? nil : "cursor:\(range.lowerBound)"),
            ]
        )
        let edges = range.map { index in
            GraphValue.node(.fixed("\(type)Edge", ["node": items[index], "cursor": .text("cursor:\(index + 1)")]))
        }
        return .fixed(
            "\(type)Connection",
            [
                "nodes": .list(Array(items[range])), "edges": .list(edges), "totalCount": .number(items.count),
                "issueCount": .number(items.count), "pageInfo": .node(page),
            ]
        )
    }

    private func search(_ arguments: GraphNode.Arguments) -> GraphNode {
        let found = IssueSearch(arguments["query"]?.stringValue ?? "").find(state, viewer: viewer)
        var arguments = arguments
        // The newest come first, and gh asks for the `last` of them, which GitHub gives from the beginning.
        arguments["first"] = arguments["first"] ?? arguments["last"]
        return connection("SearchResultItem", found.map { .node(issue($0)) }, arguments)
    }

    /// The names of a type's fields, which gh looks at to find out what a server can do.
    private func type(_ name: String) -> GraphValue {
        let fields: [String: [String]] = [
            "Issue": ["id", "number", "title", "stateReason"],
            "PullRequest": ["id", "number", "title", "mergeStateStatus", "statusCheckRollup"],
            "Repository": ["id", "name", "autoMergeAllowed"],
        ]
        guard let names = fields[name] else { return .null }
        let nodes = names.map { GraphValue.node(.fixed("__Field", ["name": .text($0)])) }
        return .node(.fixed("__Type", ["name": .text(name), "fields": .list(nodes)]))
    }
}
