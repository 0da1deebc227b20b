import OrchCore

extension Routes {
    /// Reactions (docs.github.com/rest/reactions/reactions) to issues, comments, and comments of reviews.
    static let reactions: [Route] =
        routes("issues/comments/:/reactions") { .comment(try $0.number()) }
        + routes("issues/:/reactions") { .issue(try $0.place()) }
        + routes("pulls/comments/:/reactions") { .reviewComment(try $0.number()) }

    private static func routes(_ path: String, _ subject: @escaping @Sendable (Call) throws -> ReactionSubject)
        -> [Route]
    {
        let changing = Access.write(as: .none, "issues=write", "pull_requests=write")
        return [
            Route("GET", path, .read("issues=read", "pull_requests=read")) { state, call in
                let content = call.request.query("content")
                let reactions = try state.reactions(subject(call)).filter { content == nil || $0.content == content }
                let render = call.render(state)
                return Paging(call).answer(reactions) { render.reaction($0) }
            },
            Route("POST", path, changing) { state, call in
                let content = try call.needText("content", "Reaction")
                let (reaction, isNew) = try state.react(subject(call), content, by: call.viewer)
                return APIAnswer(isNew ? 201 : 200, call.render(state).reaction(reaction))
            },
            Route("DELETE", "\(path)/:", changing) { state, call in
                let id = try call.number(1)
                let found = try state.reactions(subject(call)).first { $0.id == id }
                guard let found else { throw Refusal.notFound }
                try call.need(.write, orAuthor: found.user, state)
                try state.unreact(subject(call), id)
                return APIAnswer(204)
            },
        ]
    }
}
