import OrchTestSupport
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct RemotesTests {
    @Test
    func `remotes are named with the urls that git would use`() async throws {
        let fixture = try await GitFixture()
        let repository = try await fixture.repository()
        #expect(try await repository.remotes() == [])
        try await fixture.git("remote", "add", "origin", "gh:acme/widgets.git")
        try await fixture.git("remote", "add", "fork", "https://somebody:secret@example.org/widgets.git")
        try await fixture.git("remote", "set-url", "--push", "fork", "git@example.org:somebody/widgets.git")
        try await fixture.git("config", "url.https://github.com/.insteadOf", "gh:")
        try await fixture.git("config", "url.git@github.com:.pushInsteadOf", "gh:")
        try await fixture.git("config", "remote.nowhere.fetch", "+refs/heads/*:refs/remotes/nowhere/*")
        let remotes = try await repository.remotes()
        #expect(
            remotes == [
                Remote(
                    name: "fork",
                    url: "https://somebody:secret@example.org/widgets.git",
                    pushURL: "git@example.org:somebody/widgets.git"
                ),
                Remote(
                    name: "origin",
                    url: "https://github.com/acme/widgets.git",
                    pushURL: "git@github.com:acme/widgets.git"
                ),
            ]
        )
        #expect("\(remotes[0])" == "fork https://…@example.org/widgets.git")
        #expect(remotes[1].shownURL == remotes[1].url)
    }

    @Test
    func `the tracked remote is the configured one, else origin, else the only one`() async throws {
        let fixture = try await GitFixture()
        let repository = try await fixture.repository()
        #expect(try await repository.trackedRemote() == nil)
        try await fixture.git("remote", "add", "upstream", "/nowhere/a")
        #expect(try await repository.trackedRemote() == "upstream")
        try await fixture.git("remote", "add", "fork", "/nowhere/b")
        #expect(try await repository.trackedRemote() == nil)
        #expect(try await repository.trackedRemote(configured: "fork") == "fork")
        try await fixture.git("remote", "add", "origin", "/nowhere/c")
        #expect(try await repository.trackedRemote() == "origin")
        #expect(
            await refusal { try await repository.trackedRemote(configured: "frok") }
                == WorkspaceError(
                    .noSuchRef,
                    "there is no remote `frok` in \(fixture.root): there is `fork`, `origin`, `upstream`"
                )
        )
    }

    @Test
    func `what git is told to do elsewhere is refused when it is no remote of the repository`() async throws {
        let remote = try await RemoteFixture()
        let repository = try await remote.repository()
        for name in [remote.bare, "file://" + remote.bare, "--upload-pack=x", ""] {
            #expect(await refusal { try await repository.remoteDefaultBranch(name) }?.code == .noSuchRef)
            #expect(await refusal { try await repository.fetchBase(remote: name, branch: "main") }?.code == .noSuchRef)
            #expect(
                await refusal { try await repository.push(branch: "x", remote: name, commit: "x") }?.code == .noSuchRef
            )
        }
    }
}
