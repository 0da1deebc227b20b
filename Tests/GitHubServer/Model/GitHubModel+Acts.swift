/// What people do, on the page, with a click; and what administrators and checks do.
///
/// Nobody's role is asked here: a test that wants a stranger to be refused sends a request as that stranger.
extension GitHubModel {
    /// Adds a user with a token; a role is for all repositories that there are.
    package func addUser(_ login: String, type: String = "User", token: String? = nil, role: Role = .none) throws {
        try act { state in
            state.addUser(login, type: type)
            if let token { state.tokens[token] = AccessToken(login: login) }
            for id in state.repositories.keys {
                try state.changeRepository(id) { $0.roles[login.lowercased()] = role }
            }
        }
    }

    /// Makes a token, perhaps one that may not do everything.
    package func addToken(
        _ token: String,
        _ login: String,
        permissions: [String: String]? = nil,
        isInstallation: Bool = false
    )
        throws
    {
        try act { state in
            state.addUser(login)
            state.tokens[token] = AccessToken(
                login: login,
                permissions: permissions,
                isInstallation: isInstallation
            )
        }
    }

    /// Takes a token away: from then on 401.
    package func revokeToken(_ token: String) throws { try act { $0.tokens[token] = nil } }

    /// Makes a repository; without a bare git repository it has no branches.
    @discardableResult
    package func addRepository(_ fullName: String, remote: String? = nil, isPrivate: Bool = false) throws -> Int64 {
        try act { state in
            let parts = fullName.split(separator: "/").map(String.init)
            guard parts.count == 2 else { throw Refusal(422, "\(fullName) is no owner/name") }
            let id = state.addRepository(parts[0], parts[1], remote: remote)
            try state.changeRepository(id) { $0.isPrivate = isPrivate }
            return id
        }
    }

    /// Sets a user's role in a repository.
    package func setRole(_ login: String, _ role: Role, in repository: String? = nil) throws {
        try change(repository) { $0.roles[login.lowercased()] = role }
    }

    /// Sets what `author_association` says about a user, whatever the role.
    package func setAssociation(_ login: String, _ association: String, in repository: String? = nil) throws {
        try change(repository) { $0.associations[login.lowercased()] = association }
    }

    /// Archives a repository, or takes it out again.
    package func archive(_ isArchived: Bool = true, _ repository: String? = nil) throws {
        try change(repository) { $0.isArchived = isArchived }
    }

    /// Switches issues on or off.
    package func setIssuesEnabled(_ hasIssues: Bool, _ repository: String? = nil) throws {
        try change(repository) { $0.hasIssues = hasIssues }
    }

    /// Makes a repository private or public.
    package func setPrivate(_ isPrivate: Bool, _ repository: String? = nil) throws {
        try change(repository) { $0.isPrivate = isPrivate }
    }

    /// Whether a merge deletes the head branch.
    package func setDeletesMergedBranches(_ deletes: Bool, _ repository: String? = nil) throws {
        try change(repository) { $0.deletesMergedBranches = deletes }
    }

    /// Gives a repository another name.
    package func rename(to name: String, _ repository: String? = nil) throws {
        try act { try $0.renameRepository($0.find(repository), to: name) }
    }

    /// Deletes a repository.
    package func deleteRepository(_ repository: String? = nil) throws {
        try act { try $0.deleteRepository($0.find(repository)) }
    }

    /// Files an issue.
    @discardableResult
    package func fileIssue(
        _ title: String,
        _ body: String = "",
        labels: [String] = [],
        by: String,
        in repository: String? = nil
    ) throws -> Int {
        try act { state in
            try state.createIssue(try state.find(repository), title: title, body: body, labels: labels, by: by)
        }
    }

    /// Comments; the comment's id.
    @discardableResult
    package func comment(_ number: Int, _ body: String, by: String, in repository: String? = nil) throws -> Int64 {
        try act { try $0.addComment($0.place(number, repository), body, by: by) }
    }

    /// Changes a comment.
    package func editComment(_ id: Int64, _ body: String, by: String) throws {
        try act { try $0.editComment(id, body, by: by) }
    }

    /// Deletes a comment.
    package func deleteComment(_ id: Int64) throws { try act { try $0.deleteComment(id) } }

    /// Reacts to a comment.
    package func react(_ comment: Int64, _ content: String, by: String) throws {
        try act { _ = try $0.react(.comment(comment), content, by: by) }
    }

    /// Puts labels on.
    package func label(_ number: Int, _ names: String..., by: String, in repository: String? = nil) throws {
        try act { try $0.addLabels($0.place(number, repository), names, by: by) }
    }

    /// Takes a label off.
    package func unlabel(_ number: Int, _ name: String, by: String, in repository: String? = nil) throws {
        try act { try $0.removeLabel($0.place(number, repository), name, by: by) }
    }

    /// Makes a label of the repository.
    package func createLabel(_ name: String, color: String = "ededed", in repository: String? = nil) throws {
        try act { _ = try $0.createLabel($0.find(repository), name: name, color: color, about: nil) }
    }

    /// Gives a label of the repository another name.
    package func renameLabel(_ name: String, to newName: String, in repository: String? = nil) throws {
        try act { _ = try $0.changeLabel($0.find(repository), name, newName: newName) }
    }

    /// Deletes a label of the repository.
    package func deleteLabel(_ name: String, in repository: String? = nil) throws {
        try act { try $0.deleteLabel($0.find(repository), name) }
    }

    /// Changes an issue's title or body.
    package func edit(
        _ number: Int,
        title: String? = nil,
        body: String? = nil,
        by: String,
        in repository: String? = nil
    ) throws {
        try act { state in
            var change = IssueChange()
            change.title = title
            change.body = body
            try state.changeIssue(state.place(number, repository), change, by: by)
        }
    }

    /// Closes an issue, or a pull request unmerged.
    package func close(_ number: Int, reason: String? = nil, by: String, in repository: String? = nil) throws {
        try act { try $0.setOpen($0.place(number, repository), false, reason: reason, by: by) }
    }

    /// Opens it again.
    package func reopen(_ number: Int, by: String, in repository: String? = nil) throws {
        try act { try $0.setOpen($0.place(number, repository), true, by: by) }
    }

    /// Locks or unlocks a conversation.
    package func lock(_ number: Int, _ isLocked: Bool = true, by: String, in repository: String? = nil) throws {
        try act { try $0.setLocked($0.place(number, repository), isLocked, by: by) }
    }

    /// Deletes an issue.
    package func deleteIssue(_ number: Int, in repository: String? = nil) throws {
        try act { try $0.deleteIssue($0.place(number, repository)) }
    }

    /// Moves an issue to another repository; its number there.
    @discardableResult
    package func transfer(_ number: Int, to target: String, by: String, in repository: String? = nil) throws -> Int {
        try act { try $0.transferIssue($0.place(number, repository), to: $0.find(target), by: by).number }
    }

    /// Marks an issue as blocked by another, perhaps of another repository.
    package func block(_ number: Int, by blocker: Int, of other: String? = nil, in repository: String? = nil) throws {
        try act { state in
            let id = try state.issue(state.place(blocker, other ?? repository)).id
            let place = try state.place(number, repository)
            try state.addBlocker(place, id, by: state.repository(place.repository).owner)
        }
    }

    /// Opens a pull request of two real branches.
    @discardableResult
    package func openPull(
        _ title: String,
        _ body: String = "",
        head: String,
        base: String = "main",
        isDraft: Bool = false,
        by: String,
        in repository: String? = nil
    ) throws -> Int {
        try act { state in
            try state.openPull(
                try state.find(repository),
                title: title,
                body: body,
                head: head,
                base: base,
                isDraft: isDraft,
                by: by
            )
        }
    }

    /// Reviews a pull request.
    @discardableResult
    package func review(
        _ number: Int,
        _ verdict: ForgeReview.Verdict,
        _ body: String = "",
        comments: [LineComment] = [],
        by: String,
        in repository: String? = nil
    ) throws -> Int64 {
        try act { try $0.addReview($0.place(number, repository), verdict, body, comments: comments, by: by) }
    }

    /// Sets a check of a commit; without a commit, of a pull request's head.
    package func setCheck(
        _ name: String,
        _ conclusion: String?,
        summary: String? = nil,
        sha: String? = nil,
        pull: Int? = nil,
        in repository: String? = nil
    ) throws {
        try act { state in
            guard let sha = try sha ?? pull.map({ try state.pull(state.place($0, repository)).pull.headSHA }) else {
                throw Refusal(422, "a check is of a commit or of a pull request")
            }
            try state.setCheck(
                try state.find(repository),
                sha: sha,
                name: name,
                status: conclusion == nil ? "in_progress" : "completed",
                conclusion: conclusion,
                title: name,
                summary: summary
            )
        }
    }

    /// Merges a pull request; the commit.
    @discardableResult
    package func merge(
        _ number: Int,
        _ method: GitHubState.MergeMethod = .merge,
        by: String,
        in repository: String? = nil
    ) throws -> String {
        try act { try $0.merge($0.place(number, repository), method, by: by) }
    }

    private func change(_ repository: String?, _ body: @Sendable (inout ForgeRepository) -> Void) throws {
        try act { state in try state.changeRepository(state.find(repository)) { body(&$0) } }
    }
}

extension GitHubState {
    /// The repository of a name; without one, the first that was made.
    package func find(_ fullName: String? = nil) throws -> Int64 {
        let id = fullName.map { names[$0.lowercased()] } ?? repositories.keys.min()
        guard let id else { throw Refusal.notFound }
        return id
    }

    /// Where an issue is.
    package func place(_ number: Int, _ fullName: String? = nil) throws -> IssuePlace {
        IssuePlace(repository: try find(fullName), number: number)
    }
}
