import OrchCore
import Testing

@testable import GitHub

struct GitHubErrorTests {
    private func refusal(_ status: Int, _ body: JSONValue, _ headers: [String: String] = [:], isWrite: Bool = true)
        -> GitHubError?
    {
        let response = HTTPResponse(
            status: status,
            headers: headers.map { .init($0.key, $0.value) },
            body: body.canonicalBytes
        )
        return GitHubError(refusing: response, "POST /repos/acme/widgets/issues/1/comments", isWrite: isWrite)
    }

    @Test(
        arguments: [
            (400, "Problems parsing JSON", .invalid), (401, "Bad credentials", .unauthorized),
            (403, "Must have admin rights to Repository.", .forbidden),
            (403, "Repository was archived so is read-only.", .archived),
            (403, "Unable to create comment because issue is locked.", .locked), (404, "Not Found", .notFound),
            (409, "Conflict", .conflict), (410, "This issue was deleted", .gone), (422, "Validation Failed", .invalid),
            (423, "Locked", .locked), (429, "Slow down", .rateLimited), (451, "Blocked", .forbidden),
            (500, "Server Error", .unknownOutcome),
        ] as [(Int, String, GitHubError.Code)]
    )
    func `each status has its code, and GitHub's words are in the message`(
        status: Int,
        words: String,
        code: GitHubError.Code
    ) {
        let error = refusal(status, ["message": .string(words)])
        #expect(error?.code == code)
        #expect(error?.status == status)
        #expect(error?.message.contains(words) == true)
        #expect(error?.message.contains("\(status)") == true)
    }

    @Test func `a lack of permission names the permission`() {
        let headers = ["X-Accepted-GitHub-Permissions": "issues=write", "X-GitHub-Request-Id": "C0:FFEE"]
        let error = refusal(403, ["message": "Resource not accessible by personal access token"], headers)
        #expect(error?.acceptedPermissions == "issues=write")
        #expect(error?.message.contains("issues=write") == true)
        #expect(error?.requestID == "C0:FFEE")
        let sso = refusal(
            403,
            ["message": "Resource protected by organization SAML enforcement"],
            ["x-github-sso": "required; url=x"]
        )
        #expect(sso?.message.contains("single sign-on") == true)
    }

    @Test func `a server's error of a read may be tried again, of a write it is unknown`() {
        #expect(refusal(502, .null, isWrite: false)?.code == .server)
        #expect(refusal(502, .null)?.code == .unknownOutcome)
        #expect(refusal(200, .null) == nil)
        #expect(refusal(301, .null, isWrite: false) == nil)
    }

    @Test func `what GitHub says can't harm a terminal`() {
        let error = refusal(403, ["message": "\u{1B}[31mred\u{202E}\nline"])
        #expect(error?.message.contains("\u{1B}") == false)
        #expect(error?.message.contains("\n") == false)
        #expect(error?.message.contains("\u{202E}") == false)
    }

    @Test func `what may be tried again and what not`() {
        let retryable = GitHubError.Code.allCases.filter { GitHubError($0, "x").isRetryable }
        #expect(Set(retryable) == [.rateLimited, .server, .unavailable, .unknownOutcome, .badAnswer])
        #expect(GitHubError.Code.allCases.filter { GitHubError($0, "x").mayHaveHappened } == [.unknownOutcome])
    }
}
