import OrchTestSupport
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct AskRemoteTests {
    @Test(arguments: ["", "file://"])
    func `the default branch is the remote's own, and heads are as they are there`(scheme: String) async throws {
        let remote = try await RemoteFixture(scheme: scheme)
        let repository = try await remote.repository()
        #expect(try await repository.remoteDefaultBranch("origin") == "main")
        try await remote.there("branch", "-m", "main", "trunk/stable")
        #expect(try await repository.remoteDefaultBranch("origin") == "trunk/stable")
        #expect(try await repository.remoteHead("origin", branch: "main") == nil)
        let head = try await remote.commitThere("new", on: "trunk/stable")
        #expect(try await repository.remoteHead("origin", branch: "trunk/stable") == head)
        // Nothing of it was fetched.
        #expect(try await repository.commit(of: head) == nil)
    }

    @Test
    func `a head is found by its whole name`() async throws {
        let remote = try await RemoteFixture()
        let repository = try await remote.repository()
        try await remote.there("update-ref", "refs/heads/x/refs/heads/only", "main")
        try await remote.there("update-ref", "refs/tags/only", "main")
        #expect(try await repository.remoteHead("origin", branch: "only") == nil)
        #expect(await refusal { try await repository.remoteHead("origin", branch: "a..b") }?.code == .badName)
    }

    @Test
    func `an empty remote, a detached one and one whose branch was deleted name no default branch`() async throws {
        let remote = try await RemoteFixture()
        let repository = try await remote.repository()
        try await remote.there("update-ref", "--no-deref", "HEAD", "main")
        let detached = await refusal { try await repository.remoteDefaultBranch("origin") }
        #expect(detached?.code == .noSuchRef)
        #expect(detached?.mayPass == false)
        try await remote.there("symbolic-ref", "HEAD", "refs/heads/gone")
        #expect(await refusal { try await repository.remoteDefaultBranch("origin") }?.code == .noSuchRef)
        try await remote.there("update-ref", "-d", "refs/heads/main")
        #expect(await refusal { try await repository.remoteDefaultBranch("origin") }?.code == .noSuchRef)
        #expect(try await repository.remoteHead("origin", branch: "main") == nil)
    }

    @Test
    func `a remote that is away may come back, and one that is not there won't`() async throws {
        let remote = try await RemoteFixture()
        let repository = try await remote.repository()
        try await remote.git("remote", "set-url", "origin", "http://user:secret@127.0.0.1:1/widgets.git")
        let away = try #require(await refusal { try await repository.remoteHead("origin", branch: "main") })
        #expect(away.code == .unreachable)
        #expect(away.mayPass)
        #expect(!away.message.contains("secret"))
        try await remote.git("remote", "set-url", "origin", "/nowhere/widgets.git")
        let gone = try #require(await refusal { try await repository.remoteHead("origin", branch: "main") })
        #expect(gone.code == .noAccess)
        #expect(!gone.mayPass)
        #expect(
            gone.message
                == "can't ask the remote `origin`: fatal: '/nowhere/widgets.git' does not appear to be a git repository; "
                + "fatal: Could not read from remote repository. (does `git ls-remote origin` work there without being asked anything?)"
        )
    }

    @Test
    func `a remote that never answers is given up after its limit`() async throws {
        let remote = try await RemoteFixture()
        let repository = try await remote.repository()
        try await remote.git("config", "remote.origin.uploadpack", "sleep 300; true")
        let error = await refusal {
            try await repository.remoteHead("origin", branch: "main", limit: .milliseconds(300))
        }
        #expect(error?.code == .timeout)
        #expect(error?.mayPass == true)
    }

    @Test(arguments: [
        ("404 Not Found", WorkspaceError.Code.noAccess), ("403 Forbidden", .noAccess), ("410 Gone", .noAccess),
        ("500 Internal Server Error", .unreachable), ("503 Service Unavailable", .unreachable),
        ("429 Too Many Requests", .unreachable),
    ])
    func `a server's refusal is told from its trouble`(status: String, code: WorkspaceError.Code) async throws {
        let remote = try await RemoteFixture()
        let repository = try await remote.repository()
        let server = try DumbHTTPServer { _ in DumbHTTPServer.Answer(status: status) }
        try await remote.git("remote", "set-url", "origin", "http://127.0.0.1:\(server.port)/widgets.git")
        #expect(await refusal { try await repository.remoteHead("origin", branch: "main") }?.code == code)
    }
}
