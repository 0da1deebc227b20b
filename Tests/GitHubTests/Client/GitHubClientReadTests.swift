import OrchCore
import Testing

@testable import GitHub

struct GitHubClientReadTests {
    private let api = "https://api.github.com"

    @Test func `the three questions of a poll`() async throws {
        let test = try TestClient([.json([]), .json([]), .json([])])
        let since = GHTime("2026-11-24T12:00:00Z")
        _ = try await test.client.issues(since: since)
        _ = try await test.client.comments(since: since)
        _ = try await test.client.pulls()
        #expect(
            test.transport.lines == [
                "GET \(api)/repos/acme/widgets/issues?state=all&sort=updated&direction=asc&since=2026-11-24T12%3A00%3A00Z&per_page=100",
                "GET \(api)/repos/acme/widgets/issues/comments?sort=updated&direction=asc&since=2026-11-24T12%3A00%3A00Z&per_page=100",
                "GET \(api)/repos/acme/widgets/pulls?state=all&sort=updated&direction=desc&per_page=30",
            ]
        )
    }

    @Test func `each request says who asks, for which version, with the token`() async throws {
        let test = try TestClient([.json([])])
        _ = try await test.client.issues(labels: ["orchestrate", "a b"], state: .open, validator: "W/\"abc\"")
        let request = try #require(test.transport.requests.first)
        #expect(request.url.contains("state=open&labels=orchestrate%2Ca%20b&"))
        #expect(request.header("Accept") == "application/vnd.github+json")
        #expect(request.header("Authorization") == "Bearer token-1")
        #expect(request.header("User-Agent") == "orch-test")
        #expect(request.header("X-GitHub-Api-Version") == "2022-11-28")
        #expect(request.header("If-None-Match") == "W/\"abc\"")
        #expect(request.body == nil)
    }

    @Test func `304 is not modified, and an answer brings its validator and the link to the next page`() async throws {
        let next = "\(api)/repositories/7/issues?after=abc&per_page=100"
        let test = try TestClient([
            .answer(HTTPResponse(status: 304)),
            .json([Samples.issue(12)], ["ETag": "W/\"1\"", "Link": "<\(next)>; rel=\"next\""]),
            .json([Samples.issue(13)]),
        ])
        #expect(try await test.client.issues(validator: "W/\"0\"") == .notModified)
        let first = try await test.client.issues(validator: "W/\"0\"")
        #expect(first.validator == "W/\"1\"")
        #expect(first.value?.items.map(\.number) == [12])
        let link = try #require(first.value?.next)
        let second = try await test.client.issues(page: PageLink(url: link.url))
        #expect(second.value?.items.map(\.number) == [13])
        #expect(second.value?.next == nil)
        #expect(test.transport.requests[2].url == next, "followed as it is")
        #expect(await test.gate.counts.notModified == 1)
    }

    @Test func `304 to a question without a validator is no answer`() async throws {
        let test = try TestClient([.answer(HTTPResponse(status: 304))])
        let error = await failure { () throws(GitHubError) in try await test.client.issues() }
        #expect(error?.code == .badAnswer)
    }

    @Test func `the token goes to no other host`() async throws {
        let evil = "https://evil.example/issues"
        let test = try TestClient([
            .json([], ["Link": "<\(evil)>; rel=\"next\""]), .text(307, "", ["Location": evil]),
            .text(302, "", ["Location": "//evil.example/x"]),
        ])
        #expect(await failure { () throws(GitHubError) in try await test.client.issueComments(1) }?.code == .badAnswer)
        #expect(await failure { () throws(GitHubError) in try await test.client.issue(1) }?.code == .badAnswer)
        #expect(await failure { () throws(GitHubError) in try await test.client.issue(1) }?.code == .badAnswer)
        let link = PageLink(url: evil)
        #expect(
            await failure { () throws(GitHubError) in try await test.client.issues(page: link) }?.code == .badAnswer
        )
        #expect(test.transport.requests.allSatisfy { $0.url.hasPrefix(api) })
    }

    @Test func `all pages of a list are read, and a list that leads to itself ends`() async throws {
        let test = try TestClient([
            .json([Samples.comment(1)], ["Link": "<\(api)/p2>; rel=\"next\""]),
            .json([Samples.comment(2)], ["Link": "<\(api)/p3>; rel=\"next\""]), .json([Samples.comment(3)]),
            .json([], ["Link": "<\(api)/repos/acme/widgets/issues/1/comments?per_page=100>; rel=\"next\""]),
        ])
        #expect(try await test.client.issueComments(12).map(\.id) == [1, 2, 3])
        #expect(await failure { () throws(GitHubError) in try await test.client.issueComments(1) }?.code == .badAnswer)
    }

    @Test func `all issues with a label are read over all pages`() async throws {
        let test = try TestClient([
            .json([Samples.issue(1)], ["Link": "<\(api)/p2>; rel=\"next\""]), .json([Samples.issue(2)]),
        ])
        #expect(try await test.client.allIssues(labels: ["orchestrate"], state: .open).map(\.number) == [1, 2])
        #expect(test.transport.requests[0].url.contains("/issues?state=open&labels=orchestrate&"))
    }

    @Test func `a temporary redirect is followed once, a permanent one is reported`() async throws {
        let there = "\(api)/repositories/7/issues/12"
        let test = try TestClient([
            .text(307, "", ["Location": "/repositories/7/issues/12"]), .json(Samples.issue(12)),
            .text(302, "", ["Location": there]), .text(302, "", ["Location": there]),
            .json(301, ["message": "Moved Permanently"], ["Location": there]),
        ])
        #expect(try await test.client.issue(12).number == 12)
        #expect(test.transport.requests[1].url == there)
        #expect(await failure { () throws(GitHubError) in try await test.client.issue(12) }?.code == .badAnswer)
        let error = await failure { () throws(GitHubError) in try await test.client.issue(12) }
        #expect(error?.code == .moved)
        #expect(error?.movedTo == there)
        #expect(test.transport.requests.count == 5)
    }

    @Test func `a renamed repository tells its new name`() async throws {
        let test = try TestClient([
            .text(301, "", ["Location": "\(api)/repositories/7"]),
            .json([
                "id": 7, "full_name": "acme/gadgets", "default_branch": "trunk", "archived": false, "disabled": false,
                "has_issues": true, "private": true, "permissions": ["push": true, "admin": false],
            ]),
        ])
        let info = try await test.client.repositoryInfo()
        #expect(info.fullName == (try RepositoryName("acme/gadgets")))
        #expect(info.defaultBranch == "trunk")
        #expect(info.canPush == true)
        #expect(test.client.client(for: info.fullName).url("/x") == "\(api)/repos/acme/gadgets/x")
    }

    @Test func `a read whose kept connection was closed is asked once more`() async throws {
        let lost = TransportError(.unknown, .connectionLost, "closed")
        let test = try TestClient([.fail(lost), .json(Samples.issue(1)), .fail(lost), .fail(lost)])
        #expect(try await test.client.issue(1).number == 1)
        let error = await failure { () throws(GitHubError) in try await test.client.issue(1) }
        #expect(error?.code == .unavailable)
        #expect(test.transport.requests.count == 4)
        #expect(await test.gate.counts.failed == 1, "a kept connection that was closed is no trouble")
    }

    @Test func `a read that is not answered in time is not asked again by itself`() async throws {
        let test = try TestClient([.fail(TransportError(.unknown, .timedOut, "too slow"))])
        let error = await failure { () throws(GitHubError) in try await test.client.issue(1) }
        #expect(error?.code == .unavailable)
        #expect(error?.isRetryable == true)
        #expect(test.transport.requests.count == 1)
    }

    @Test(arguments: ["<html>Unicorn!</html>", "[{\"id\":1", "", "{\"id\": 1}", "[1]", "null"])
    func `HTML, cut JSON and JSON of another kind are bad answers`(body: String) async throws {
        let test = try TestClient([.text(200, body, ["content-type": "text/html"])])
        let error = await failure { () throws(GitHubError) in try await test.client.issues() }
        #expect(error?.code == .badAnswer)
        #expect(error?.isRetryable == true)
    }

    @Test func `what a user may do`() async throws {
        let test = try TestClient([
            .json(["permission": "write", "role_name": "maintain"]),
            .json(["permission": "read", "role_name": "triage"]),
            .json(["permission": "write", "role_name": "release-captain"]), .json(["permission": "admin"]),
            .refusal(404, "Not Found"), .json(["permission": "god"]),
        ])
        var found: [GHPermission] = []
        for _ in 0..<6 { found.append(try await test.client.permission("a/b")) }
        #expect(found == [.write, .triage, .write, .admin, .none, .none])
        #expect(found.map(\.canWrite) == [true, false, true, true, false, false])
        #expect(test.transport.lines[0] == "GET \(api)/repos/acme/widgets/collaborators/a%2Fb/permission")
    }

    @Test func `the token of an app is nobody's`() async throws {
        let test = try TestClient([
            .json(Samples.user("me", id: 3)), .refusal(403, "Resource not accessible by integration"),
        ])
        #expect(try await test.client.viewer() == GHUser(login: "me", id: 3))
        #expect(try await test.client.viewer() == nil)
    }

    @Test func `who set which label`() async throws {
        let test = try TestClient([
            .json([
                ["id": 1, "event": "renamed", "actor": Samples.user(), "created_at": "2026-11-24T10:00:00Z"],
                [
                    "id": 2, "event": "labeled", "actor": Samples.user("eve", id: 6), "label": ["name": "agent:queued"],
                    "created_at": "2026-11-24T10:00:01Z",
                ],
                [
                    "id": 3, "event": "unlabeled", "actor": nil, "label": ["name": "agent:queued"],
                    "created_at": "2026-11-24T10:00:02Z",
                ],
            ])
        ])
        let events = try await test.client.labelEvents(12)
        #expect(events.map(\.id) == [2, 3])
        #expect(events.map(\.isAdded) == [true, false])
        #expect(events.map(\.actor.login) == ["eve", "ghost"])
    }

    @Test func `blockers of other repositories, and a GitHub without the feature`() async throws {
        var blocker = Samples.issue(3).objectValue ?? [:]
        blocker["repository_url"] = "https://api.github.com/repos/other/tools"
        blocker["state"] = "closed"
        blocker["state_reason"] = "not_planned"
        let test = try TestClient([.json([.object(blocker)]), .refusal(404, "Not Found"), .refusal(410, "Gone")])
        let found = try #require(try await test.client.blockedBy(12))
        #expect(found.map(\.repository.description) == ["other/tools"])
        #expect(found.map(\.isOpen) == [false])
        #expect(found.map(\.stateReason) == ["not_planned"])
        #expect(try await test.client.blockedBy(12) == nil)
        #expect(try await test.client.blockedBy(12) == nil)
    }

    @Test func `checks and statuses together, and a part that may not be read`() async throws {
        let runs: JSONValue = [
            "total_count": 3,
            "check_runs": [
                [
                    "name": "build", "status": "completed", "conclusion": "failure",
                    "output": ["title": "2 errors", "summary": "…"], "html_url": "u1",
                ],
                ["name": "lint", "status": "in_progress", "conclusion": nil, "output": [:], "html_url": "u2"],
                ["name": "old", "status": "completed", "conclusion": "cancelled", "output": [:], "html_url": "u3"],
            ],
        ]
        let statuses: JSONValue = [
            "state": "failure",
            "statuses": [["context": "ci/legacy", "state": "error", "description": "broke", "target_url": "u4"]],
        ]
        let denied = ScriptedTransport.Step.refusal(403, "Resource not accessible by personal access token")
        let test = try TestClient([.json(runs), .json(statuses), denied, .json(statuses), denied, denied])
        let report = try await test.client.checks("abc")
        #expect(report.checks.map(\.name) == ["build", "lint", "old", "ci/legacy"])
        #expect(report.checks.map(\.state) == [.failure, .pending, .neutral, .failure])
        #expect(report.checks[0].summary == "2 errors: …")
        #expect(report.failed.count == 2)
        #expect(report.isPending)
        #expect(try await test.client.checks("abc").unreadable == ["checks"])
        #expect(await failure { () throws(GitHubError) in try await test.client.checks("abc") }?.code == .forbidden)
    }

    @Test func `pull requests of a branch are filtered by owner, and once more here`() async throws {
        let test = try TestClient([.json([Samples.pull(1), Samples.pull(2, branch: "other")])])
        #expect(try await test.client.pulls(head: "ai/iss-12").map(\.number) == [1])
        #expect(test.transport.requests[0].url.hasSuffix("/pulls?head=acme%3Aai%2Fiss-12&state=all&per_page=100"))
    }

    @Test func `the rate limit`() async throws {
        let test = try TestClient([
            .json(["resources": ["core": ["limit": 5000, "remaining": 4990, "used": 10, "reset": 1_795_525_800]]]),
            .refusal(404, "Rate limiting is not enabled."),
        ])
        let limit = try await test.client.rateLimit()
        #expect(limit?.remaining == 4_990)
        #expect(limit?.resetAt.text == "2026-11-24T13:10:00Z")
        #expect(try await test.client.rateLimit() == nil)
    }
}
