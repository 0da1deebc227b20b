import GitHub
import GitHubServer
import OrchCore
import Testing

/// orch's own client against the server, over real connections: they agree about GitHub.
@Suite struct ClientTests {
    private func code(_ body: () async throws -> Void) async -> GitHubError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? GitHubError)?.code
        }
    }

    @Test func `a poll is three questions, and nothing new is three 304s`() async throws {
        try await World.run { world in
            for index in 1...250 { try await world.model.fileIssue("n\(index)", labels: ["orchestrate"], by: "acme") }
            try await world.model.comment(7, "hello", by: "mallory")
            try await world.withClient { client in
                #expect(try await client.allIssues(labels: ["orchestrate"], state: .open).count == 250)
                let since = GHTime("2026-01-01T00:00:00Z")
                let issues = try await client.issues(since: since)
                let comments = try await client.comments(since: since)
                let pulls = try await client.pulls()
                #expect(issues.value?.items.count == 100)
                #expect(comments.value?.items.map(\.body) == ["hello"])
                #expect(comments.value?.items.map(\.issue) == [7])
                #expect(comments.value?.items.map(\.authorAssociation) == [GHAssociation.none])
                let before = try await client.rateLimit()?.remaining
                #expect(try await client.issues(since: since, validator: issues.validator) == .notModified)
                #expect(try await client.comments(since: since, validator: comments.validator) == .notModified)
                #expect(try await client.pulls(validator: pulls.validator) == .notModified)
                #expect(try await client.rateLimit()?.remaining == before)
                var (titles, link) = ((issues.value?.items ?? []).map(\.title), issues.value?.next)
                while let page = link {
                    let next = try await client.issues(page: page).value
                    titles += (next?.items ?? []).map(\.title)
                    link = next?.next
                }
                #expect(titles == (1...250).map { "n\($0)" })
            }
        }
    }

    @Test func `what an issue's work needs`() async throws {
        try await World.run { world in
            try await world.model.fileIssue("a", labels: ["agent:queued"], by: "acme")
            try await world.model.fileIssue("b", by: "acme")
            try await world.model.block(1, by: 2)
            try await world.withClient { client in
                #expect(try await client.createLabel("agent:running", color: "0e8a16", description: "d"))
                #expect(try await client.createLabel("agent:running", color: "0e8a16", description: "d") == false)
                #expect(try await client.addLabels(1, ["agent:running"]) == ["agent:queued", "agent:running"])
                #expect(try await client.removeLabel(1, "agent:queued") == ["agent:running"])
                #expect(try await client.removeLabel(1, "agent:queued") == nil)
                let events = try await client.labelEvents(1)
                #expect(events.map(\.label) == ["agent:queued", "agent:running", "agent:queued"])
                #expect(events.map(\.isAdded) == [true, true, false])
                #expect(events.map(\.actor.login) == ["acme", "orch", "orch"])
                let comment = try await client.createComment(1, body: "x")
                #expect(try await client.updateComment(comment.id, body: "y").body == "y")
                try await client.createReaction(comment.id, .eyes)
                #expect(try await client.issueComments(1).map(\.body) == ["y"])
                #expect(try await client.blockedBy(1)?.map(\.number) == [2])
                #expect(try await client.issue(1).blockedByTotal == 1)
                #expect(try await client.permission("acme") == .admin)
                #expect(try await client.permission("mallory") == .read)
                #expect(try await client.viewer()?.login == "orch")
                let repository = try await client.repositoryInfo()
                #expect((repository.canPush, repository.defaultBranch, repository.hasIssues) == (true, "main", true))
                #expect(try await client.labels().map(\.name).contains("agent:running"))
            }
        }
    }

    @Test func `what a pull request's review needs`() async throws {
        let git = try await GitFixture()
        try await World.run(remote: git.remote) { world in
            try await world.withClient { client in
                let open = { () async throws -> GHPull in
                    try await client.createPull(title: "P", body: "B", head: "feature", base: "main", isDraft: true)
                }
                #expect(await code { _ = try await open() } == .invalid)
                let sha = try await git.push("feature", "b.txt", "b")
                let pull = try await open()
                #expect((pull.head.sha, pull.isDraft, pull.isMergeable) == (sha, true, nil))
                #expect(try await client.pull(pull.number).isMergeable == true)
                #expect(await code { _ = try await open() } == .invalid)
                #expect(try await client.pulls(head: "feature").map(\.number) == [pull.number])
                #expect(try await client.updatePull(pull.number, title: "P2").title == "P2")
                try await world.model.review(
                    pull.number,
                    .changesRequested,
                    "no",
                    comments: [LineComment("b.txt", 1, "why?")],
                    by: "acme"
                )
                #expect(try await client.reviews(pull.number).map(\.state) == [.changesRequested])
                #expect(try await client.reviewComments(pull.number).map(\.body) == ["why?"])
                try await world.model.setCheck("build", "failure", summary: "it broke", pull: pull.number)
                let report = try await client.checks(sha)
                #expect(report.failed.map(\.name) == ["build"])
                #expect(report.unreadable == [])
                let issues = try await client.allIssues(labels: [])
                #expect(issues.map(\.isPullRequest) == [true])
            }
        }
    }

    @Test(arguments: [
        (Fault.reset(), GitHubError.Code.unknownOutcome, false), (.reset(afterEffect: true), .unknownOutcome, true),
        (.close(), .unknownOutcome, false), (.close(afterEffect: true), .unknownOutcome, true),
        (.status(502), .unknownOutcome, false), (.status(502, afterEffect: true), .unknownOutcome, true),
        (.html, .unknownOutcome, false), (.cutJSON, .unknownOutcome, true), (.cutTransfer, .unknownOutcome, true),
        (.secondaryLimit(retryAfterSeconds: 60), .rateLimited, false),
        (.tooManyRequests(retryAfterSeconds: 60), .rateLimited, false),
    ])
    func `a write that went wrong is unknown, and surely sent once`(
        _ fault: Fault,
        _ expected: GitHubError.Code,
        _ isDone: Bool
    ) async throws {
        try await World.run { world in
            try await world.model.fileIssue("a", by: "acme")
            await world.model.addFault(FaultRule(fault, "POST"))
            try await world.withClient { client in
                // A read before it, so that there is a kept connection that a careless client would use.
                _ = try await client.issue(1)
                #expect(await code { _ = try await client.createComment(1, body: "once") } == expected)
                let log = await world.model.log
                #expect(log.requests("POST").count == 1)
                #expect(log.effects == (isDone ? 1 : 0))
            }
        }
    }

    @Test func `refusals are told apart`() async throws {
        try await World.run { world in
            let model = world.model
            for _ in 1...3 { try await model.fileIssue("a", by: "acme") }
            try await model.deleteIssue(2)
            try await model.lock(3, by: "acme")
            try await world.withClient(as: "mallory") { client in
                #expect(await code { _ = try await client.addLabels(1, ["bug"]) } == .forbidden)
                #expect(await code { _ = try await client.createComment(3, body: "x") } == .locked)
                #expect(await code { _ = try await client.issue(2) } == .gone)
                #expect(await code { _ = try await client.issue(9) } == .notFound)
            }
            try await world.withClient(as: "nobody") { client in
                let refused = await code { _ = try await client.issue(1) }
                #expect(refused == .unauthorized)
            }
            try await world.withClient { client in
                let long = String(repeating: "x", count: 65_537)
                #expect(await code { _ = try await client.createComment(1, body: long) } == .invalid)
                try await model.archive()
                #expect(await code { _ = try await client.createComment(1, body: "x") } == .archived)
                try await model.archive(false)
                try await model.setIssuesEnabled(false)
                #expect(await code { _ = try await client.issues() } == .gone)
                try await model.setIssuesEnabled(true)
                try await model.rename(to: "gadgets")
                #expect(try await client.repositoryInfo().fullName.description == "acme/gadgets")
                #expect(await code { _ = try await client.createComment(1, body: "x") } == .moved)
                await model.exhaustRateLimit("orch")
                #expect(await code { _ = try await client.repositoryInfo() } == .rateLimited)
            }
        }
    }
}
