/// What can be reacted to.
package enum ReactionSubject: Sendable {
    case issue(IssuePlace)
    case comment(Int64)
    case reviewComment(Int64)
}

extension GitHubState {
    /// Reacts; a reaction that is there already is given back.
    ///
    /// See docs.github.com/rest/reactions: 201 for a new one, 200 for one that is there.
    package mutating func react(_ subject: ReactionSubject, _ content: String, by: String) throws
        -> (reaction: ForgeReaction, isNew: Bool)
    {
        guard ForgeReaction.contents.contains(content) else { throw Refusal.invalid("Reaction", "content", "invalid") }
        let known = try reactions(subject).first {
            $0.content == content && $0.user.lowercased() == by.lowercased()
        }
        if let known { return (known, false) }
        let place = try place(subject)
        try checkOpenConversation(try issue(place), place, by: by)
        addUser(by)
        let reaction = ForgeReaction(id: newID(), user: by, content: content, atMs: nowMs)
        try changeReactions(subject) { $0.append(reaction) }
        return (reaction, true)
    }

    /// Takes a reaction back.
    package mutating func unreact(_ subject: ReactionSubject, _ id: Int64) throws {
        guard try reactions(subject).contains(where: { $0.id == id }) else { throw Refusal.notFound }
        try changeReactions(subject) { $0.removeAll { $0.id == id } }
    }

    /// The reactions to something.
    package func reactions(_ subject: ReactionSubject) throws -> [ForgeReaction] {
        switch subject {
        case .issue(let place): try issue(place).reactions
        case .comment(let id): try comment(id).comment.reactions
        case .reviewComment(let id): try reviewComment(id).comment.reactions
        }
    }

    /// The issue of something that can be reacted to.
    package func place(_ subject: ReactionSubject) throws -> IssuePlace {
        switch subject {
        case .issue(let place): place
        case .comment(let id): try comment(id).place
        case .reviewComment(let id): try reviewComment(id).place
        }
    }

    private mutating func changeReactions(_ subject: ReactionSubject, _ body: (inout [ForgeReaction]) -> Void) throws {
        switch subject {
        case .issue(let place): try changeIssue(place) { body(&$0.reactions) }
        case .comment(let id): try changeComment(try comment(id).place, id) { body(&$0.reactions) }
        case .reviewComment(let id): try changeReviewComment(id) { body(&$0.reactions) }
        }
    }
}
