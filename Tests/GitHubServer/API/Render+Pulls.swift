import OrchCore

extension Render {
    /// A pull request as lists have it.
    func pull(_ issue: ForgeIssue, _ repository: ForgeRepository) -> Members {
        guard let pull = issue.pull, case .object(var members) = self.issue(issue, repository) else { return [:] }
        let url = "\(urls.repository(repository))/pulls/\(issue.number)"
        for key in ["pull_request", "state_reason", "reactions", "comments", "repository_url", "timeline_url"] {
            members[key] = nil
        }
        members["id"] = .integer(pull.id)
        members["node_id"] = .string(NodeID.text(.pull, pull.id))
        members["url"] = .string(url)
        members["issue_url"] = .string("\(urls.repository(repository))/issues/\(issue.number)")
        members["comments_url"] = .string("\(urls.repository(repository))/issues/\(issue.number)/comments")
        members["review_comments_url"] = .string("\(url)/comments")
        members["draft"] = .bool(pull.isDraft)
        members["merged_at"] = time(pull.mergedMs)
        members["merge_commit_sha"] = .text(pull.mergeCommit)
        members["head"] = side(pull.headRef, pull.headSHA, repository)
        members["base"] = side(pull.baseRef, pull.baseSHA, repository)
        members["requested_reviewers"] = []
        members["requested_teams"] = []
        members["auto_merge"] = nil
        return members
    }

    /// A pull request alone, with what is computed for it.
    func pull(
        _ issue: ForgeIssue,
        _ repository: ForgeRepository,
        isMergeable: Bool?,
        files: [BareRepository.ChangedFile],
        commits: Int
    )
        -> JSONValue
    {
        guard let pull = issue.pull else { return .null }
        var members = self.pull(issue, repository)
        members["merged"] = .bool(pull.mergedMs != nil)
        members["merged_by"] = pull.mergedBy.map(user) ?? .null
        members["mergeable"] = isMergeable.map { .bool($0) } ?? .null
        members["rebaseable"] = false
        members["mergeable_state"] = .string(mergeState(pull, repository, isMergeable))
        members["comments"] = .integer(Int64(issue.comments.count))
        members["review_comments"] = .integer(Int64(pull.comments.count))
        members["commits"] = .integer(Int64(commits))
        members["additions"] = .integer(Int64(files.reduce(0) { $0 + $1.additions }))
        members["deletions"] = .integer(Int64(files.reduce(0) { $0 + $1.deletions }))
        members["changed_files"] = .integer(Int64(files.count))
        members["maintainer_can_modify"] = false
        return .object(members)
    }

    /// GitHub's word for whether it can be merged.
    func mergeState(_ pull: ForgePull, _ repository: ForgeRepository, _ isMergeable: Bool?) -> String {
        guard let isMergeable else { return "unknown" }
        if !isMergeable { return "dirty" }
        if pull.isDraft { return "draft" }
        return repository.hasFailures(pull.headSHA) ? "unstable" : "clean"
    }

    private func side(_ ref: String, _ sha: String, _ repository: ForgeRepository) -> JSONValue {
        [
            "ref": .string(ref), "sha": .string(sha), "label": .string("\(repository.owner):\(ref)"),
            "user": user(repository.owner),
            "repo": [
                "id": .integer(repository.id), "name": .string(repository.name),
                "full_name": .string(repository.fullName), "url": .string(urls.repository(repository)),
                "owner": user(repository.owner), "default_branch": .string(repository.defaultBranch),
            ],
        ]
    }

    /// A review.
    func review(_ review: ForgeReview, _ issue: ForgeIssue, _ repository: ForgeRepository) -> JSONValue {
        var members: Members = [
            "id": .integer(review.id), "node_id": .string(NodeID.text(.review, review.id)), "user": user(review.author),
            "body": .string(review.body), "state": .string(review.verdict.rawValue),
            "commit_id": .string(review.commit),
            "html_url": .string("\(urls.page(repository, issue))#pullrequestreview-\(review.id)"),
            "pull_request_url": .string("\(urls.repository(repository))/pulls/\(issue.number)"),
            "author_association": .string(association(review.author, repository)),
        ]
        if review.submittedMs != nil { members["submitted_at"] = time(review.submittedMs) }
        return .object(members)
    }

    /// A comment on a line.
    func reviewComment(_ comment: ForgeReviewComment, _ issue: ForgeIssue, _ repository: ForgeRepository) -> JSONValue {
        let url = "\(urls.repository(repository))/pulls/comments/\(comment.id)"
        var members: Members = [
            "id": .integer(comment.id), "node_id": .string(NodeID.text(.reviewComment, comment.id)),
            "pull_request_review_id": .integer(comment.review), "url": .string(url), "user": user(comment.author),
            "body": .string(comment.body), "path": .string(comment.path), "line": .number(comment.line),
            "original_line": .number(comment.line), "side": .string(comment.side), "commit_id": .string(comment.commit),
            "original_commit_id": .string(comment.commit), "diff_hunk": "@@ -1 +1 @@", "subject_type": "line",
            "html_url": .string("\(urls.page(repository, issue))#discussion_r\(comment.id)"),
            "pull_request_url": .string("\(urls.repository(repository))/pulls/\(issue.number)"),
            "created_at": time(comment.createdMs), "updated_at": time(comment.updatedMs),
            "author_association": .string(association(comment.author, repository)),
            "reactions": reactions(comment.reactions, url),
        ]
        if let parent = comment.inReplyTo { members["in_reply_to_id"] = .integer(parent) }
        return .object(members)
    }

    /// A check run.
    func check(_ check: ForgeCheck, _ repository: ForgeRepository) -> JSONValue {
        [
            "id": .integer(check.id), "node_id": .string(NodeID.text(.check, check.id)), "name": .string(check.name),
            "head_sha": .string(check.sha), "status": .string(check.status), "conclusion": .text(check.conclusion),
            "started_at": time(check.startedMs), "completed_at": time(check.completedMs),
            "url": .string("\(urls.repository(repository))/check-runs/\(check.id)"),
            "html_url": .string("\(urls.page(repository))/runs/\(check.id)"),
            "details_url": .text(check.detailsURL ?? "\(urls.page(repository))/runs/\(check.id)"),
            "output": [
                "title": .text(check.title), "summary": .text(check.summary), "text": nil, "annotations_count": 0,
            ],
            "app": ["id": 15368, "slug": "github-actions", "name": "GitHub Actions"],
        ]
    }

    /// A commit status.
    func status(_ status: ForgeStatus) -> JSONValue {
        [
            "id": .integer(status.id), "node_id": .string(NodeID.text(.status, status.id)),
            "context": .string(status.context), "state": .string(status.state), "description": .text(status.about),
            "target_url": .text(status.targetURL), "creator": user(status.creator), "created_at": time(status.atMs),
            "updated_at": time(status.atMs),
        ]
    }

    /// A commit.
    func commit(_ commit: BareRepository.Commit, _ repository: ForgeRepository) -> JSONValue {
        let person: JSONValue = [
            "name": .string(commit.author), "email": .string(commit.email), "date": .string(commit.date),
        ]
        return [
            "sha": .string(commit.sha), "url": .string("\(urls.repository(repository))/commits/\(commit.sha)"),
            "html_url": .string("\(urls.page(repository))/commit/\(commit.sha)"), "author": nil, "committer": nil,
            "commit": [
                "message": .string(commit.message), "author": person, "committer": person,
                "tree": ["sha": .string(commit.tree)],
            ],
            "parents": .array(commit.parents.map { ["sha": .string($0)] }),
        ]
    }

    /// A file that a pull request changes.
    func file(_ file: BareRepository.ChangedFile) -> JSONValue {
        [
            "filename": .string(file.path), "status": .string(file.status),
            "additions": .integer(Int64(file.additions)),
            "deletions": .integer(Int64(file.deletions)), "changes": .integer(Int64(file.additions + file.deletions)),
        ]
    }
}
