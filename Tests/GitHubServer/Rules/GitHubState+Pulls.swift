extension GitHubState {
    /// Opens a pull request of two branches of this repository (docs.github.com/rest/pulls/pulls "Create a pull request").
    package mutating func openPull(
        _ repository: Int64,
        title: String,
        body: String?,
        head: String,
        base: String,
        isDraft: Bool = false,
        by: String
    ) throws -> Int {
        let known = try self.repository(repository)
        try TextRules.checkTitle(title, "PullRequest")
        if let body { try TextRules.checkBody(body, "PullRequest") }
        // "user:branch" names another's fork: here only the owner's own.
        let parts = head.split(separator: ":", maxSplits: 1).map(String.init)
        let isOwn = parts.count < 2 || parts[0].lowercased() == known.owner.lowercased()
        let branch = parts.last ?? ""
        guard let git = known.git, isOwn, let headSHA = try git.heads()[branch] else {
            throw Refusal.invalid("PullRequest", "head", "invalid")
        }
        guard let baseSHA = try git.heads()[base] else { throw Refusal.invalid("PullRequest", "base", "invalid") }
        let twin = known.issues.values.first { issue in
            issue.isOpen && issue.pull?.headRef == branch && issue.pull?.baseRef == base
        }
        if twin != nil {
            let message = "A pull request already exists for \(known.owner):\(branch)."
            throw Refusal.invalid("PullRequest", nil, "custom", message)
        }
        if try git.counts(baseSHA, headSHA).ahead == 0 {
            let message = "No commits between \(base) and \(branch)"
            throw Refusal.invalid("PullRequest", nil, "custom", message)
        }
        let pull = ForgePull(
            id: newID(),
            headRef: branch,
            headSHA: headSHA,
            baseRef: base,
            baseSHA: baseSHA,
            isDraft: isDraft
        )
        let place = try addIssue(repository, title: title, body: body, by: by, pull: pull)
        try git.set("refs/pull/\(place.number)/head", to: headSHA)
        noteMentions(body, place, by: by)
        return place.number
    }

    /// Makes a pull request ready for review, or a draft again.
    package mutating func setDraft(_ place: IssuePlace, _ isDraft: Bool, by: String) throws {
        guard try pull(place).pull.isDraft != isDraft else { return }
        try addEvent(place, isDraft ? "convert_to_draft" : "ready_for_review", by: by)
        try changePull(place) { $0.isDraft = isDraft }
        try bump(place)
    }

    /// Lets a pull request go into another base.
    package mutating func setBase(_ place: IssuePlace, _ base: String, by: String) throws {
        guard try pull(place).pull.baseRef != base else { return }
        guard let sha = try repository(place.repository).git?.heads()[base] else {
            throw Refusal.invalid("PullRequest", "base", "invalid")
        }
        try addEvent(place, "base_ref_changed", by: by)
        try changePull(place) { pull in
            pull.baseRef = base
            pull.baseSHA = sha
        }
        try bump(place)
    }

    /// How a pull request is merged.
    package enum MergeMethod: String, Sendable { case merge, squash, rebase }

    /// Merges a pull request with a real commit (docs.github.com/rest/pulls/pulls "Merge a pull request").
    ///
    /// - Returns: the commit.
    @discardableResult
    package mutating func merge(
        _ place: IssuePlace,
        _ method: MergeMethod = .merge,
        title: String? = nil,
        message: String? = nil,
        expecting sha: String? = nil,
        by: String
    ) throws -> String {
        let (issue, pull) = try pull(place)
        let repository = try repository(place.repository)
        guard let git = repository.git else { throw Refusal(405, "Pull Request is not mergeable") }
        guard issue.isOpen else { throw Refusal(405, "Pull Request is not mergeable") }
        if pull.isDraft { throw Refusal(405, "Pull Request is still a draft") }
        if method == .rebase { throw Refusal(405, "Rebase merges are not allowed on this repository.") }
        if let sha, sha != pull.headSHA {
            throw Refusal(409, "Head branch was modified. Review and try the merge again.")
        }
        guard let tree = try git.mergedTree(pull.baseSHA, pull.headSHA) else {
            throw Refusal(405, "Pull Request is not mergeable")
        }
        let commits = try git.log("\(pull.baseSHA)..\(pull.headSHA)")
        let heading: String
        let parents: [String]
        if method == .squash {
            heading = title ?? "\(issue.title) (#\(issue.number))"
            parents = [pull.baseSHA]
        } else {
            heading = title ?? "Merge pull request #\(issue.number) from \(repository.owner)/\(pull.headRef)"
            parents = [pull.baseSHA, pull.headSHA]
        }
        let text = "\(heading)\n\n\(message ?? (method == .merge ? issue.title : ""))".trimmed
        let commit = try git.commit(tree: tree, parents: parents, message: text, by: by, atMs: nowMs)
        guard try git.move("refs/heads/\(pull.baseRef)", from: pull.baseSHA, to: commit) else {
            throw Refusal(405, "Base branch was modified. Review and try the merge again.")
        }
        try settleMerged(place, commit: commit, by: by, messages: commits.map(\.message))
        if repository.deletesMergedBranches, try git.deleteBranch(pull.headRef) {
            try addEvent(place, "head_ref_deleted", by: by)
        }
        return commit
    }

    /// Writes down a merge, and closes the issues that it closes if it went into the default branch.
    mutating func settleMerged(_ place: IssuePlace, commit: String, by: String, messages: [String] = []) throws {
        let (issue, pull) = try pull(place)
        try addEvent(place, "merged", by: by) { $0.commit = commit }
        let now = nowMs
        try changePull(place) { pull in
            pull.mergedMs = now
            pull.mergedBy = by
            pull.mergeCommit = commit
        }
        try setOpen(place, false, by: by, commit: commit)
        try changeRepository(place.repository) { _ = $0.contributors.insert(issue.author.lowercased()) }
        guard try repository(place.repository).defaultBranch == pull.baseRef else { return }
        for number in ([issue.body ?? ""] + messages).flatMap(TextRules.closes) {
            let closed = IssuePlace(repository: place.repository, number: number)
            guard let other = repositories[place.repository]?.issues[number], other.pull == nil, other.isOpen else {
                continue
            }
            try setOpen(closed, false, by: by, commit: commit)
        }
    }

    /// Computes whether a pull request merges, as GitHub does in the background: not yet known at the first look.
    ///
    /// See docs.github.com/rest/pulls/pulls "Get a pull request": "`null` … a background job has been started".
    mutating func mergeability(_ place: IssuePlace) throws -> Bool? {
        let (issue, pull) = try pull(place)
        guard issue.isOpen, let git = try repository(place.repository).git else { return nil }
        if let known = pull.mergeability, known.headSHA == pull.headSHA, known.baseSHA == pull.baseSHA {
            return known.isMergeable
        }
        let isMergeable = try git.mergedTree(pull.baseSHA, pull.headSHA) != nil
        // Not through `changePull`: finding out is no change.
        repositories[place.repository]?.issues[place.number]?.pull?.mergeability = .init(
            headSHA: pull.headSHA,
            baseSHA: pull.baseSHA,
            isMergeable: isMergeable
        )
        return nil
    }
}
