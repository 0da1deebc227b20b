import OrchCore

/// The routes below a repository, by topic.
enum Routes {
    /// The repository itself, and who may do what in it.
    static let repository: [Route] = [
        Route("GET", "", .read("metadata=read")) { state, call in
            let repository = try state.repository(call.repository)
            return APIAnswer(200, call.render(state).repository(repository, viewer: call.viewer))
        },
        Route("PATCH", "", .write(as: .admin, "administration=write")) { state, call in
            if let name = call.text("name") { try state.renameRepository(call.repository, to: name) }
            try state.changeRepository(call.repository) { repository in
                if let value = call.body["has_issues"]?.boolValue { repository.hasIssues = value }
                if let value = call.body["archived"]?.boolValue { repository.isArchived = value }
                if let value = call.body["private"]?.boolValue { repository.isPrivate = value }
                if let value = call.body["delete_branch_on_merge"]?.boolValue {
                    repository.deletesMergedBranches = value
                }
            }
            let repository = try state.repository(call.repository)
            return APIAnswer(200, call.render(state).repository(repository, viewer: call.viewer))
        },
        // docs.github.com/rest/collaborators/collaborators "Get repository permissions for a user"
        Route("GET", "collaborators/:/permission", .read(as: .write, "metadata=read")) { state, call in
            let repository = try state.repository(call.repository)
            guard let user = state.user(call.parameters[0]) else { throw Refusal.notFound }
            let role = state.role(of: user.login, in: repository)
            // Everybody reads a public repository.
            let shown = role == .none && !repository.isPrivate ? Role.read : role
            return APIAnswer(
                200,
                [
                    "permission": .string(shown.permission), "role_name": .string(shown.name),
                    "user": call.render(state).user(user.login),
                ]
            )
        },
        Route("GET", "collaborators/:", .read(as: .read, "metadata=read")) { state, call in
            let role = state.role(of: call.parameters[0], in: try state.repository(call.repository))
            if role == .none { throw Refusal.notFound }
            return APIAnswer(204)
        },
    ]
}

extension Render {
    /// A repository (docs.github.com/rest/repos/repos "Get a repository").
    func repository(_ repository: ForgeRepository, viewer: String) -> JSONValue {
        let role = state.role(of: viewer, in: repository)
        let open = repository.issues.values.count(where: \.isOpen)
        return [
            "id": .integer(repository.id), "node_id": .string(NodeID.text(.repository, repository.id)),
            "name": .string(repository.name), "full_name": .string(repository.fullName),
            "owner": user(repository.owner), "private": .bool(repository.isPrivate),
            "visibility": repository.isPrivate ? "private" : "public", "fork": false, "description": nil,
            "default_branch": .string(repository.defaultBranch), "archived": .bool(repository.isArchived),
            "disabled": false, "has_issues": .bool(repository.hasIssues), "has_pull_requests": true,
            "open_issues_count": .integer(Int64(open)), "url": .string(urls.repository(repository)),
            "html_url": .string(urls.page(repository)), "clone_url": .string("\(urls.page(repository)).git"),
            "created_at": .string(GitHubTime.text(repository.createdMs)), "allow_merge_commit": true,
            "allow_squash_merge": true, "allow_rebase_merge": false,
            "delete_branch_on_merge": .bool(repository.deletesMergedBranches),
            "permissions": [
                "admin": .bool(role >= .admin), "maintain": .bool(role >= .maintain), "push": .bool(role >= .write),
                "triage": .bool(role >= .triage), "pull": true,
            ],
        ]
    }
}
