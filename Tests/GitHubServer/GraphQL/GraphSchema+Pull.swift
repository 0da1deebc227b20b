import OrchCore

extension GraphSchema {
    /// A field that only pull requests have, or have in their own way; nil for all others.
    func field(
        _ name: String,
        _ arguments: GraphNode.Arguments,
        _ pull: ForgePull,
        _ issue: ForgeIssue,
        _ repository: ForgeRepository
    ) throws -> GraphValue? {
        let place = IssuePlace(repository: repository.id, number: issue.number)
        switch name {
        case "state": return .text(pull.mergedMs != nil ? "MERGED" : issue.isOpen ? "OPEN" : "CLOSED")
        case "isDraft": return .flag(pull.isDraft)
        case "merged": return .flag(pull.mergedMs != nil)
        case "mergedAt": return .time(pull.mergedMs)
        case "mergedBy": return pull.mergedBy.map { .node(user($0)) } ?? .null
        case "mergeCommit":
            return pull.mergeCommit.map { .node(.fixed("Commit", ["oid": .text($0)])) } ?? .null
        case "mergeable":
            let isMergeable = try state.mergeability(place)
            return .text(isMergeable.map { $0 ? "MERGEABLE" : "CONFLICTING" } ?? "UNKNOWN")
        case "mergeStateStatus":
            let word = Render(state: state, urls: urls).mergeState(pull, repository, try state.mergeability(place))
            return .text(word.uppercased())
        case "headRefName": return .text(pull.headRef)
        case "headRefOid": return .text(pull.headSHA)
        case "baseRefName": return .text(pull.baseRef)
        case "baseRefOid": return .text(pull.baseSHA)
        case "headRepository": return .node(self.repository(repository.id))
        case "headRepositoryOwner": return .node(user(repository.owner))
        case "isCrossRepository", "maintainerCanModify", "isInMergeQueue": return .flag(false)
        case "autoMergeRequest", "potentialMergeCommit": return .null
        case "additions": return .number(try files(pull, repository).reduce(0) { $0 + $1.additions })
        case "deletions": return .number(try files(pull, repository).reduce(0) { $0 + $1.deletions })
        case "changedFiles": return .number(try files(pull, repository).count)
        case "files":
            let nodes = try files(pull, repository).map { file in
                GraphValue.node(
                    .fixed(
                        "PullRequestChangedFile",
                        [
                            "path": .text(file.path), "additions": .number(file.additions),
                            "deletions": .number(file.deletions),
                        ]
                    )
                )
            }
            return .node(connection("PullRequestChangedFile", nodes, arguments))
        case "commits": return .node(try commits(pull, repository, arguments))
        case "reviewDecision": return .text(decision(pull))
        case "reviews":
            let reviews = pull.reviews.filter { $0.verdict != .pending }.map { GraphValue.node(review($0, repository)) }
            return .node(connection("PullRequestReview", reviews, arguments))
        case "latestReviews":
            var latest: [String: ForgeReview] = [:]
            for review in pull.reviews where review.verdict != .pending { latest[review.author] = review }
            let reviews = latest.values.sorted { $0.id < $1.id }.map { GraphValue.node(review($0, repository)) }
            return .node(connection("PullRequestReview", reviews, arguments))
        case "reviewRequests": return .node(connection("ReviewRequest", [], arguments))
        default: return nil
        }
    }

    private func files(_ pull: ForgePull, _ repository: ForgeRepository) throws -> [BareRepository.ChangedFile] {
        try repository.git?.files(pull.baseSHA, pull.headSHA) ?? []
    }

    private func decision(_ pull: ForgePull) -> String? {
        var latest: [String: ForgeReview.Verdict] = [:]
        for review in pull.reviews where [.approved, .changesRequested, .dismissed].contains(review.verdict) {
            latest[review.author] = review.verdict
        }
        if latest.values.contains(.changesRequested) { return "CHANGES_REQUESTED" }
        return latest.values.contains(.approved) ? "APPROVED" : nil
    }

    private func review(_ review: ForgeReview, _ repository: ForgeRepository) -> GraphNode {
        let commit = GraphNode.fixed("Commit", ["oid": .text(review.commit)])
        return .fixed(
            "PullRequestReview",
            [
                "id": .text(NodeID.text(.review, review.id)), "author": .node(user(review.author)),
                "authorAssociation": .text(Render(state: state, urls: urls).association(review.author, repository)),
                "submittedAt": .time(review.submittedMs), "body": .text(review.body),
                "state": .text(review.verdict.rawValue), "commit": .node(commit), "reactionGroups": reactionGroups([]),
            ]
        )
    }

    private func commits(_ pull: ForgePull, _ repository: ForgeRepository, _ arguments: GraphNode.Arguments) throws
        -> GraphNode
    {
        let commits = try repository.git?.log("\(pull.baseSHA)..\(pull.headSHA)") ?? []
        let nodes = commits.map { commit in
            GraphValue.node(
                .fixed("PullRequestCommit", ["commit": .node(self.commit(commit, repository))])
            )
        }
        return connection("PullRequestCommit", nodes, arguments)
    }

    private func commit(_ commit: BareRepository.Commit, _ repository: ForgeRepository) -> GraphNode {
        let lines = commit.message.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        let author = GraphNode.fixed(
            "GitActor",
            ["name": .text(commit.author), "email": .text(commit.email), "user": .null]
        )
        return GraphNode(type: "Commit") { [self] name, arguments in
            switch name {
            case "oid": .text(commit.sha)
            case "messageHeadline": .text(String(lines.first ?? ""))
            case "messageBody": .text(lines.count > 1 ? String(lines[1]).trimmed : "")
            case "committedDate", "authoredDate": .text(commit.date)
            case "authors": .node(connection("GitActor", [.node(author)], arguments))
            case "statusCheckRollup": rollup(commit.sha, repository)
            default: nil
            }
        }
    }

    /// All checks and statuses of a commit; null without any.
    private func rollup(_ sha: String, _ repository: ForgeRepository) -> GraphValue {
        let checks = repository.latestChecks(sha)
        let statuses = repository.latestStatuses(sha)
        if checks.isEmpty, statuses.isEmpty { return .null }
        let isPending = checks.contains { $0.conclusion == nil } || statuses.contains { $0.state == "pending" }
        let word = repository.hasFailures(sha) ? "FAILURE" : isPending ? "PENDING" : "SUCCESS"
        let nodes = checks.map { GraphValue.node(check($0)) } + statuses.map { GraphValue.node(status($0)) }
        return .node(
            GraphNode(type: "StatusCheckRollup") { [self] name, arguments in
                switch name {
                case "state": .text(word)
                case "contexts": .node(connection("StatusCheckRollupContext", nodes, arguments))
                default: nil
                }
            }
        )
    }

    private func check(_ check: ForgeCheck) -> GraphNode {
        let workflow = GraphNode.fixed("Workflow", ["name": .text("CI")])
        let run = GraphNode.fixed("WorkflowRun", ["workflow": .node(workflow)])
        let suite = GraphNode.fixed("CheckSuite", ["workflowRun": .node(run)])
        return .fixed(
            "CheckRun",
            [
                "name": .text(check.name), "status": .text(check.status.uppercased()),
                "conclusion": .text(check.conclusion?.uppercased() ?? ""), "startedAt": .time(check.startedMs),
                "completedAt": .time(check.completedMs), "detailsUrl": .text(check.detailsURL ?? ""),
                "checkSuite": .node(suite), "isRequired": .flag(false),
            ]
        )
    }

    private func status(_ status: ForgeStatus) -> GraphNode {
        .fixed(
            "StatusContext",
            [
                "context": .text(status.context), "state": .text(status.state.uppercased()),
                "targetUrl": .text(status.targetURL ?? ""), "createdAt": .time(status.atMs),
                "description": .text(status.about), "isRequired": .flag(false),
            ]
        )
    }
}
