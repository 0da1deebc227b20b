import OrchTestSupport
import Testing

@testable import Workspaces

/// Questions about a remote and the repository that a person is told the answers of.
@Suite(.timeLimit(.minutes(2)))
struct TryPushTests {
    @Test(arguments: ["", "file://"])
    func `a remote that takes pushes says so, and nothing is sent`(scheme: String) async throws {
        let remote = try await RemoteFixture(scheme: scheme)
        let before = try await remote.there("for-each-ref")
        try await remote.git("commit", "--quiet", "--allow-empty", "-m", "only here")
        try await remote.git("config", "push.followTags", "true")
        // A hook of the user's has no say: nothing is pushed.
        try writeProgram(remote.fixture.root + "/.git/hooks/pre-push", "#!/bin/sh\nexit 1\n")
        try await remote.repository().tryPush("origin")
        #expect(try await remote.there("for-each-ref") == before)
    }

    @Test func `a remote that is not there, and one that is away, say so`() async throws {
        let remote = try await RemoteFixture()
        let repository = try await remote.repository()
        #expect(await refusal { try await repository.tryPush("upstream") }?.code == .noSuchRef)
        try await remote.git("remote", "set-url", "origin", "/nowhere/widgets.git")
        #expect(await refusal { try await repository.tryPush("origin") }?.code == .noAccess)
        try await remote.git("remote", "set-url", "origin", "http://user:secret@127.0.0.1:1/widgets.git")
        let away = try #require(await refusal { try await repository.tryPush("origin") })
        #expect(away.code == .unreachable)
        #expect(!away.message.contains("secret"))
    }

    @Test func `only who is let in may push over http, though everybody may read`() async throws {
        let remote = try await RemoteFixture()
        let head = try await remote.there("rev-parse", "main")
        let server = try DumbHTTPServer { request in
            guard request.contains("service=git-receive-pack") else {
                return DumbHTTPServer.Answer(
                    status: "200 OK",
                    headers: ["Content-Type: text/plain"],
                    body: "\(head)\trefs/heads/main\n"
                )
            }
            return DumbHTTPServer.Answer(
                status: "401 Unauthorized",
                headers: ["WWW-Authenticate: Basic realm=\"cave\""]
            )
        }
        try await remote.git("remote", "set-url", "origin", "http://127.0.0.1:\(server.port)/widgets.git")
        let repository = try await remote.repository()
        #expect(try await repository.remoteHead("origin", branch: "main") == head)
        #expect(await refusal { try await repository.tryPush("origin") }?.code == .noAccess)
    }

    @Test func `a credential helper is known by the url that it is for`() async throws {
        let remote = try await RemoteFixture()
        let repository = try await remote.repository()
        #expect(try await !repository.hasCredentialHelper(for: "https://example.com/a/b.git"))
        try await remote.git("config", "credential.https://example.com.helper", "!true")
        #expect(try await repository.hasCredentialHelper(for: "https://example.com/a/b.git"))
        #expect(try await !repository.hasCredentialHelper(for: "https://example.org/a/b.git"))
    }

    @Test func `what git leaves alone is known before it is there`() async throws {
        let remote = try await RemoteFixture()
        let repository = try await remote.repository()
        #expect(try await !repository.isIgnored(".worktrees/x"))
        try remote.fixture.folder.write("repo/.git/info/exclude", "/.worktrees/\n")
        #expect(try await repository.isIgnored(".worktrees/x"))
        #expect(try await !repository.isIgnored("src/x"))
    }
}
