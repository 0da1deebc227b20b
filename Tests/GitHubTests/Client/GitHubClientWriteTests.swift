import OrchCore
import Testing

@testable import GitHub

struct GitHubClientWriteTests {
    private let repo = "https://api.github.com/repos/acme/widgets"

    @Test func `each write is one request with its JSON`() async throws {
        let test = try TestClient([
            .json([["name": "orchestrate"], ["name": "agent:running"]]), .json([["name": "agent:running"]]),
            .json(201, Samples.comment(7)), .json(Samples.comment(7)), .json(201, Samples.pull(3)),
            .json(Samples.pull(3)),
            .json(201, ["id": 1, "content": "eyes"]), .json(201, ["id": 1, "name": "agent:done"]),
        ])
        let client = test.client
        #expect(try await client.addLabels(12, ["agent:running"]) == ["orchestrate", "agent:running"])
        #expect(try await client.removeLabel(12, "agent:queued") == ["agent:running"])
        #expect(try await client.createComment(12, body: "Hi").id == 7)
        #expect(try await client.updateComment(7, body: "Ho").id == 7)
        let pull = try await client.createPull(title: "T", body: "B", head: "ai/iss-12", base: "main", isDraft: true)
        #expect(pull.number == 3)
        _ = try await client.updatePull(3, state: .closed)
        try await client.createReaction(7, .eyes, on: .reviewComment)
        #expect(try await client.createLabel("agent:done", color: "00ff00", description: "Done") == true)
        #expect(
            test.transport.lines == [
                "POST \(repo)/issues/12/labels", "DELETE \(repo)/issues/12/labels/agent%3Aqueued",
                "POST \(repo)/issues/12/comments", "PATCH \(repo)/issues/comments/7", "POST \(repo)/pulls",
                "PATCH \(repo)/pulls/3", "POST \(repo)/pulls/comments/7/reactions", "POST \(repo)/labels",
            ]
        )
        let bodies = test.transport.requests.map { $0.body.map { String(decoding: $0, as: UTF8.self) } }
        #expect(bodies[0] == "{\"labels\":[\"agent:running\"]}")
        #expect(bodies[1] == nil)
        #expect(bodies[2] == "{\"body\":\"Hi\"}")
        #expect(bodies[5] == "{\"state\":\"closed\"}")
        let counts = await test.gate.counts
        #expect(counts.writes == 8)
        #expect(counts.content == 5)
    }

    @Test func `what is done already is no error`() async throws {
        let exists: JSONValue = [
            "message": "Validation Failed",
            "errors": [["resource": "Label", "code": "already_exists", "field": "name"]],
        ]
        let test = try TestClient([
            .refusal(404, "Label does not exist"), .json(422, exists), .refusal(404, "Not Found"),
        ])
        #expect(try await test.client.removeLabel(12, "agent:queued") == nil)
        #expect(try await test.client.createLabel("x", color: "ededed", description: "") == false)
        let error = await failure { () throws(GitHubError) in try await test.client.removeLabel(12, "agent:queued") }
        #expect(error?.code == .notFound, "the issue itself is not there")
    }

    @Test(arguments: [
        ScriptedTransport.Step.fail(TransportError(.unknown, .connectionLost, "reset")),
        .fail(TransportError(.unknown, .timedOut, "too slow")), .fail(TransportError(.unknown, .tooLarge, "too large")),
        .fail(TransportError(.unknown, .cancelled, "cancelled")), .text(502, "<html>Bad Gateway</html>"),
        .json(500, ["message": "Server Error"]), .text(200, "<html>Login</html>"), .text(201, "{\"id\": 1"),
        .json(201, ["id": 1]), .text(408, ""), .text(418, ""),
    ])
    func `after sending, every failure of a write is unknown, and nothing is sent twice`(step: ScriptedTransport.Step)
        async throws
    {
        let test = try TestClient([step, .json(201, Samples.comment(1))])
        let error = await failure { () throws(GitHubError) in try await test.client.createComment(12, body: "x") }
        #expect(error?.code == .unknownOutcome)
        #expect(error?.mayHaveHappened == true)
        #expect(test.transport.requests.count == 1)
    }

    @Test func `what surely was not sent is not done`() async throws {
        let test = try TestClient([.fail(TransportError(.notSent, .noConnection, "refused"))])
        let error = await failure { () throws(GitHubError) in try await test.client.createComment(12, body: "x") }
        #expect(error?.code == .unavailable)
        #expect(error?.mayHaveHappened == false)
        #expect(error?.isRetryable == true)
    }

    @Test(arguments: [301, 307, 308])
    func `a write follows no redirect`(status: Int) async throws {
        let there = "https://api.github.com/repositories/7/issues/12/comments"
        let test = try TestClient([.text(status, "", ["Location": there]), .json(201, Samples.comment(1))])
        let error = await failure { () throws(GitHubError) in try await test.client.createComment(12, body: "x") }
        #expect(error?.code == .moved)
        #expect(error?.movedTo == there)
        #expect(test.transport.requests.count == 1)
    }

    @Test func `a refused token is replaced once, also for a write, which was not done`() async throws {
        let bad = ScriptedTransport.Step.refusal(401, "Bad credentials")
        let test = try TestClient([bad, .json(201, Samples.comment(1)), bad, bad], tokens: ["old", "new", "newer"])
        #expect(try await test.client.createComment(12, body: "x").id == 1)
        let error = await failure { () throws(GitHubError) in try await test.client.issue(12) }
        #expect(error?.code == .unauthorized)
        #expect(
            test.transport.requests.compactMap { $0.header("authorization") } == [
                "Bearer old", "Bearer new", "Bearer new", "Bearer newer",
            ]
        )
        #expect(test.tokens.asked == [nil, "old", nil, "new"])
    }

    @Test func `a limit that was met stops all until it is over, and says when`() async throws {
        let refused = ScriptedTransport.Step.refusal(
            403,
            "You have exceeded a secondary rate limit",
            ["Retry-After": "120"]
        )
        let test = try TestClient([refused, .json(Samples.issue(1))])
        let error = await failure { () throws(GitHubError) in try await test.client.createComment(12, body: "x") }
        #expect(error?.code == .rateLimited)
        #expect(error?.retryAfterMs == 120_000)
        let second = await failure { () throws(GitHubError) in try await test.client.issue(1) }
        #expect(second?.code == .rateLimited)
        #expect(test.transport.requests.count == 1, "it is silent")
        test.time.pass(110_000)
        #expect(try await test.client.issue(1).number == 1)
        #expect(test.time.sleeps == [10_000])
    }

    @Test func `the pull request's refusals that mean something`() async throws {
        func refusal(_ error: JSONValue) -> ScriptedTransport.Step {
            .json(422, ["message": "Validation Failed", "errors": [error]])
        }
        let test = try TestClient([
            refusal([
                "resource": "PullRequest", "code": "custom",
                "message": "A pull request already exists for acme:ai/iss-12.",
            ]),
            refusal(["resource": "PullRequest", "field": "head", "code": "invalid"]),
            refusal(["resource": "PullRequest", "code": "custom", "message": "No commits between main and ai/iss-12"]),
            refusal([
                "resource": "Issue", "code": "custom", "field": "body",
                "message": "body is too long (maximum is 65536 characters)",
            ]),
            refusal("Something else"),
            .json(422, JSONValue.object(["message": "Validation Failed", "errors": "one text"])),
            .text(422, "no json"),
        ])
        var found: [GitHubError.Objection?] = []
        for _ in 0..<7 {
            let error = await failure { () throws(GitHubError) in
                try await test.client.createPull(title: "T", body: "", head: "ai/iss-12", base: "main", isDraft: false)
            }
            #expect(error?.code == .invalid)
            #expect(error?.isRetryable == false)
            found.append(error?.objection)
        }
        #expect(found == [.alreadyExists, .headMissing, .nothingToMerge, .tooLong, .other, .other, .other])
    }
}
