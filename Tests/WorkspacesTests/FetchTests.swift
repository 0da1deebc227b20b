import Glibc
import OrchTestSupport
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct FetchTests {
    private let tracking = "refs/remotes/origin/main"

    @Test(arguments: ["", "file://"])
    func `one branch is fetched and nothing else of the repository changes`(scheme: String) async throws {
        let remote = try await RemoteFixture(scheme: scheme)
        let repository = try await remote.repository()
        let head = try await remote.commitThere("new")
        try await remote.there("tag", "v1", head)
        try await remote.there("branch", "other", head)
        try await remote.git("config", "remote.origin.tagOpt", "--tags")
        try await remote.git("config", "fetch.prune", "true")
        try await remote.git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
        try await remote.git("update-ref", "refs/remotes/origin/gone", "main")
        try write(remote.fixture.root + "/.git/FETCH_HEAD", "mine\n")
        let refs = try await remote.refs()

        let fetched = try await repository.fetchBase(remote: "origin", branch: "main")

        #expect(fetched == FetchedBranch(commit: head, previous: nil, change: .first))
        let lines = Set(try await remote.refs().split(separator: "\n"))
        #expect(lines.subtracting(refs.split(separator: "\n")) == ["\(tracking) \(head)"])
        #expect(lines.count == refs.split(separator: "\n").count + 1)
        #expect(try read(remote.fixture.root + "/.git/FETCH_HEAD") == "mine\n")
        #expect(try await remote.git("status", "--porcelain") == "")
    }

    @Test
    func `a branch that stands, goes on or is rewritten is told apart`() async throws {
        let remote = try await RemoteFixture()
        let repository = try await remote.repository()
        let first = try await repository.fetchBase(remote: "origin", branch: "main").commit
        #expect(
            try await repository.fetchBase(remote: "origin", branch: "main")
                == FetchedBranch(commit: first, previous: first, change: .none)
        )
        let second = try await remote.commitThere("second")
        #expect(
            try await repository.fetchBase(remote: "origin", branch: "main")
                == FetchedBranch(commit: second, previous: first, change: .advanced)
        )
        try await remote.there("update-ref", "refs/heads/main", first)
        let third = try await remote.commitThere("third")
        #expect(
            try await repository.fetchBase(remote: "origin", branch: "main")
                == FetchedBranch(commit: third, previous: second, change: .rewritten)
        )
        // The user's own branch is where it was.
        #expect(try await remote.git("rev-parse", "main") == first)
    }

    @Test
    func `a branch that is gone is told, and what was fetched of it stays`() async throws {
        let remote = try await RemoteFixture()
        let repository = try await remote.repository()
        let head = try await repository.fetchBase(remote: "origin", branch: "main").commit
        try await remote.there("branch", "-m", "main", "trunk")
        #expect(
            await refusal { try await repository.fetchBase(remote: "origin", branch: "main") }
                == WorkspaceError(
                    .noSuchRef,
                    "the remote `origin` has no branch `main` any more: it was deleted or renamed there"
                )
        )
        #expect(try await repository.commit(of: tracking) == head)
        let never = await refusal { try await repository.fetchBase(remote: "origin", branch: "never") }
        #expect(never == WorkspaceError(.noSuchRef, "the remote `origin` has no branch `never`"))
    }

    @Test
    func `a remote that is away changes nothing and may be asked again`() async throws {
        let remote = try await RemoteFixture()
        let repository = try await remote.repository()
        let refs = try await remote.refs()
        try await remote.git("remote", "set-url", "origin", "http://127.0.0.1:1/widgets.git")
        let error = await refusal { try await repository.fetchBase(remote: "origin", branch: "main") }
        #expect(error?.code == .unreachable)
        #expect(try await remote.refs() == refs)
        try await remote.git("remote", "set-url", "origin", remote.bare)
        #expect(try await repository.fetchBase(remote: "origin", branch: "main").change == .first)
    }

    @Test
    func `killed at any point of a fetch, the next one completes it`() async throws {
        let remote = try await RemoteFixture()
        let head = try await remote.commitThere("new")
        let gate = remote.fixture.folder.file("reached")
        // Before the remote says anything, and after it has sent all but its last bytes.
        for script in [
            "touch \(gate); sleep 300; true", "git-upload-pack '\(remote.bare)'; touch \(gate); sleep 300; true",
        ] {
            try await remote.git("config", "remote.origin.uploadpack", script)
            let cut = try await remote.repository()
            let fetch = Task { try await cut.fetchBase(remote: "origin", branch: "main") }
            _ = await eventually { Files.kind(gate) != .missing }
            fetch.cancel()
            _ = await refusal { try await fetch.value }
            try Files.remove(gate)
        }
        try await remote.git("config", "--unset", "remote.origin.uploadpack")
        #expect(try await remote.repository().fetchBase(remote: "origin", branch: "main").commit == head)
        #expect(try await remote.git("fsck", "--connectivity-only") == "")
    }

    @Test
    func `an old lock of a killed git is cleared, a young one is respected`() async throws {
        let remote = try await RemoteFixture()
        let repository = try await remote.repository()
        let lock = "\(remote.fixture.root)/.git/\(tracking).lock"
        try Files.makeFolders(remote.fixture.root + "/.git/refs/remotes/origin")
        try write(lock, "")
        let error = try #require(await refusal { try await repository.fetchBase(remote: "origin", branch: "main") })
        #expect(error.mayPass)
        #expect(Files.kind(lock) == .file)
        var times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
        utimensat(AT_FDCWD, lock, &times, 0)
        #expect(try await repository.fetchBase(remote: "origin", branch: "main").change == .first)
        #expect(Files.kind(lock) == .missing)
    }

    @Test
    func `no hook runs`() async throws {
        let remote = try await RemoteFixture()
        let repository = try await remote.repository()
        let ran = remote.fixture.folder.file("ran")
        try remote.hook("reference-transaction", "touch '\(ran)'")
        _ = try await repository.fetchBase(remote: "origin", branch: "main")
        #expect(Files.kind(ran) == .missing)
    }

    @Test
    func `worktrees are made while a fetch is stuck`() async throws {
        let remote = try await RemoteFixture()
        let gate = remote.fixture.folder.file("reached")
        try await remote.git("config", "remote.origin.uploadpack", "touch \(gate); sleep 300; true")
        let repository = try await remote.repository()
        let fetch = Task { try await repository.fetchBase(remote: "origin", branch: "main") }
        #expect(await eventually { Files.kind(gate) != .missing })
        let made = try await repository.prepare(name: "iss-1", branch: "ai/iss-1", baseRef: "main")
        #expect(Files.kind(made.path) == .folder)
        fetch.cancel()
        #expect(await refusal { try await fetch.value }?.code == .cancelled)
    }
}
