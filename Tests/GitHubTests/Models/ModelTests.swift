import OrchCore
import Testing

@testable import GitHub

struct ModelTests {
    @Test func `an issue`() throws {
        let issue = try GHIssue(Samples.issue(12))
        #expect(issue.id == 1_012)
        #expect(issue.labels == ["orchestrate", "agent:queued"])
        #expect(issue.state == .open)
        #expect(issue.author == GHUser(login: "octocat", id: 1))
        #expect(issue.authorAssociation == .owner)
        #expect(issue.authorAssociation.isOwner)
        #expect(issue.updatedAt.text == "2026-11-24T12:00:00Z")
        #expect(issue.closedAt == nil)
        #expect(!issue.isPullRequest)
        #expect(issue.blockedByTotal == 2)
    }

    @Test func `fields may be missing or null`() throws {
        let issue = try GHIssue([
            "id": 1, "number": 2, "state": "closed", "updated_at": "2026-11-24T12:00:00Z", "user": nil, "body": nil,
            "pull_request": ["url": "x"], "author_association": "KING", "labels": [nil, ["id": 1]],
        ])
        #expect(issue.author == .ghost)
        #expect(issue.body == "")
        #expect(issue.isPullRequest)
        #expect(issue.authorAssociation == .none)
        #expect(issue.labels == [])
        #expect(issue.blockedByTotal == nil)
        #expect(issue.createdAt == issue.updatedAt)
    }

    @Test func `what can't be told apart is no issue`() {
        for key in ["id", "number", "state", "updated_at"] {
            var json = Samples.issue(1).objectValue ?? [:]
            json[key] = nil
            let error = #expect(throws: BadField.self) { try GHIssue(.object(json)) }
            #expect(error?.name == "issue.\(key)")
        }
        #expect(throws: BadField.self) { try GHIssue([]) }
    }

    @Test func `a comment knows its issue by its URL only`() throws {
        let comment = try GHComment(Samples.comment(7, issue: 34, body: "Hi"))
        #expect(comment.issue == 34)
        #expect(comment.body == "Hi")
        #expect(comment.authorAssociation == .member)
        #expect(throws: BadField.self) {
            try GHComment(["id": 1, "issue_url": "x/y", "updated_at": "2026-11-24T12:00:00Z"])
        }
    }

    @Test func `a pull request in a list, alone, merged, and of a fork that is gone`() throws {
        let listed = try GHPull(Samples.pull(3))
        #expect(listed.isDraft && !listed.isMerged && listed.isMergeable == nil)
        #expect(listed.mergeCommit == nil, "before the merge it is only a try")
        #expect(listed.head.repository == (try RepositoryName("acme/widgets")))
        #expect(listed.author.isBot)
        var json = Samples.pull(3).objectValue ?? [:]
        json["merged_at"] = "2026-11-24T12:30:00Z"
        json["state"] = "closed"
        #expect(try GHPull(.object(json)).isMerged)
        #expect(try GHPull(.object(json)).mergeCommit == "7e57")
        json["merged"] = true
        json["mergeable"] = false
        json["mergeable_state"] = "dirty"
        json["head"] = ["ref": "patch-1", "sha": "abc", "repo": nil]
        let gone = try GHPull(.object(json))
        #expect(gone.isMergeable == false)
        #expect(gone.mergeableState == "dirty")
        #expect(gone.head.repository == nil)
        json["base"] = nil
        #expect(throws: BadField.self) { try GHPull(.object(json)) }
    }

    @Test func `reviews and their comments`() throws {
        let review = try GHReview([
            "id": 1, "user": nil, "state": "CHANGES_REQUESTED", "body": "no", "submitted_at": "2026-11-24T12:00:00Z",
            "commit_id": "abc", "author_association": "COLLABORATOR",
        ])
        #expect(review.state == .changesRequested)
        #expect(try GHReview(["id": 1, "state": "NEW_KIND"]).state == .unknown)
        let comment = try GHReviewComment([
            "id": 2, "pull_request_url": "https://api.github.com/repos/a/b/pulls/5", "path": "a.swift", "line": nil,
            "original_line": 9, "body": "why?", "user": Samples.user(), "updated_at": "2026-11-24T12:00:00Z",
            "in_reply_to_id": 1, "pull_request_review_id": 77,
        ])
        #expect(comment.pull == 5)
        #expect(comment.line == 9)
        #expect(comment.isOutdated)
        #expect(comment.inReplyTo == 1)
        #expect(comment.review == 77)
    }

    @Test(
        arguments: [
            ("success", .success), ("neutral", .neutral), ("skipped", .neutral), ("cancelled", .neutral),
            ("failure", .failure),
            ("timed_out", .failure), ("action_required", .failure), ("startup_failure", .failure),
            ("of_tomorrow", .failure),
        ] as [(String, GHCheck.State)]
    )
    func `conclusions of checks`(conclusion: String, state: GHCheck.State) throws {
        #expect(try GHCheck(run: ["name": "x", "conclusion": .string(conclusion)]).state == state)
    }

    @Test(
        arguments: [
            ("2026-11-24T13:10:00Z", 1_795_525_800_000), ("2026-11-24T13:10:00.987Z", 1_795_525_800_000),
            ("2026-11-24T15:10:00+02:00", 1_795_525_800_000), ("2026-11-24T05:10:00-0800", 1_795_525_800_000),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000), ("2026-11-24 13:10:00Z", nil), ("2026-11-24T13:10:00", nil),
            ("2026-13-24T13:10:00Z", nil), ("2026-11-24T13:10:00Zx", nil), ("", nil),
            ("2026-11-24T13:1\u{E9}:00Z", nil),
        ] as [(String, Int64?)]
    )
    func `times are read, to the second`(text: String, ms: Int64?) {
        #expect(GHTime(text)?.ms == ms)
        if let time = GHTime(text) { #expect(GHTime(time.text) == time) }
    }

    @Test func `bots are known by their type or name`() {
        #expect(GHUser(login: "x", id: 1, type: "Bot").isBot)
        #expect(GHUser(login: "dependabot[bot]", id: 1).isBot)
        #expect(!GHUser(login: "robot", id: 1).isBot)
    }
}
