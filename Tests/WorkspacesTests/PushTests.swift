import OrchTestSupport
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(2)))
struct PushTests {
    private let branch = "ai/iss-1-a-title"

    private func push(_ remote: RemoteFixture, _ commit: String, hooks: PushHooks = .none) async throws -> PushOutcome {
        try await remote.repository().push(branch: branch, remote: "origin", commit: commit, hooks: hooks)
    }

    private func head(_ remote: RemoteFixture) async throws -> String? {
        try await remote.repository().remoteHead("origin", branch: branch)
    }

    @Test(arguments: ["", "file://"])
    func `exactly one commit goes to exactly one branch`(scheme: String) async throws {
        let remote = try await RemoteFixture(scheme: scheme)
        let first = try await remote.commit("first")
        let second = try await remote.commit("second", on: first)
        try await remote.git("update-ref", "refs/heads/\(branch)", second)
        try await remote.git("tag", "-a", "-m", "v1", "v1", first)
        try await remote.git("config", "push.followTags", "true")
        try await remote.git("config", "push.default", "matching")
        try await remote.git("config", "remote.origin.push", "+refs/heads/*:refs/heads/*")
        let main = try await remote.there("rev-parse", "main")
        try await remote.git("commit", "--quiet", "--allow-empty", "-m", "only here")

        #expect(try await push(remote, first) == .pushed)
        #expect(
            try await remote.there("for-each-ref", "--format=%(refname) %(objectname)")
                == "refs/heads/\(branch) \(first)\nrefs/heads/main \(main)"
        )
        #expect(try await push(remote, first) == .upToDate)
        #expect(try await push(remote, second) == .pushed)
        #expect(try await head(remote) == second)
    }

    @Test
    func `I12: a branch that has other commits is never overwritten`() async throws {
        let remote = try await RemoteFixture()
        let ours = try await remote.commit("ours")
        #expect(try await push(remote, ours) == .pushed)
        let theirs = try await remote.commitThere("theirs", on: branch)
        try await remote.git("config", "remote.origin.push", "+refs/heads/*:refs/heads/*")
        let next = try await remote.commit("next", on: ours)
        // Once knowing nothing of the other commit, and once knowing it.
        for reason in ["fetch first", "non-fast-forward"] {
            #expect(
                try await push(remote, next)
                    == .rejected(
                        .nonFastForward,
                        message: "the remote's branch has commits that are not in ours (\(reason))"
                    )
            )
            #expect(try await head(remote) == theirs)
            _ = try await remote.repository().fetchBase(remote: "origin", branch: branch)
        }
    }

    @Test(arguments: [
        ("GH006: Protected branch update failed for refs/heads/x.", PushOutcome.Rejection.protected),
        ("error: GH013: Repository rule violations found for refs/heads/x.", .protected),
        ("GH001: Large files detected.", .hookDeclined),
        ("You are not allowed to push code to this project.", .noPermission),
    ])
    func `a remote's hook that refuses is told with what it says`(said: String, kind: PushOutcome.Rejection)
        async throws
    {
        let remote = try await RemoteFixture()
        try remote.hookThere("pre-receive", "echo '\(said)' >&2; exit 1")
        let commit = try await remote.commit()
        #expect(
            try await push(remote, commit) == .rejected(kind, message: "pre-receive hook declined: \(said)")
        )
        #expect(try await head(remote) == nil)
    }

    @Test
    func `a hook for one branch and a branch that is checked out are refusals`() async throws {
        let remote = try await RemoteFixture()
        try remote.hookThere("update", "exit 1")
        let answered = try await push(remote, remote.commit())
        #expect(
            answered
                == .rejected(
                    .hookDeclined,
                    message: "hook declined: error: hook declined to update refs/heads/\(branch)"
                )
        )
        try Files.remove(remote.bare + "/hooks/update")
        try await remote.there("config", "core.bare", "false")
        let commit = try await remote.commit()
        let answer = try await remote.repository().push(branch: "main", remote: "origin", commit: commit)
        guard case .rejected(.other, let message) = answer else {
            Issue.record("it was \(answer)")
            return
        }
        #expect(message.hasPrefix("branch is currently checked out"))
    }

    @Test
    func `who may not push is told by the remote's words`() async throws {
        let remote = try await RemoteFixture()
        let ssh = remote.fixture.folder.file("ssh")
        let said = "ERROR: Permission to acme/widgets.git denied to somebody."
        try remote.fakeSSH(ssh, instead: "echo '\(said)' >&2; exit 128")
        try await remote.git("remote", "set-url", "origin", "git@example.org:acme/widgets.git")
        let repository = try await remote.repository(adding: ["GIT_SSH_COMMAND": ssh])
        let commit = try await remote.commit()
        let answer = try await repository.push(branch: branch, remote: "origin", commit: commit)
        guard case .rejected(.noPermission, let message) = answer else {
            Issue.record("it was \(answer)")
            return
        }
        #expect(message.contains(said))
    }

    @Test
    func `a remote that is away is tried again`() async throws {
        let remote = try await RemoteFixture()
        try await remote.git("remote", "set-url", "origin", "http://127.0.0.1:1/widgets.git")
        let commit = try await remote.commit()
        let error = try #require(await refusal { try await push(remote, commit) })
        #expect(error.code == .unreachable)
        #expect(error.mayPass)
        let trouble = try await RemoteFixture()
        try trouble.hookThere("pre-receive", "kill -9 $PPID; exit 1")
        let another = try await trouble.commit()
        #expect(await refusal { try await push(trouble, another) }?.mayPass == true)
        #expect(try await head(trouble) == nil)
    }

    @Test
    func `I4: an answer that was lost after the push is found out by asking`() async throws {
        let remote = try await RemoteFixture()
        try remote.hookThere("post-receive", "kill -9 $PPID")
        let commit = try await remote.commit()
        let error = try #require(await refusal { try await push(remote, commit) })
        #expect(error.mayPass)
        #expect(try await head(remote) == commit)
        #expect(try await push(remote, commit) == .upToDate)
    }

    @Test
    func `killed in the middle of a push, the next one completes it`() async throws {
        let remote = try await RemoteFixture()
        let gate = remote.fixture.folder.file("reached")
        let commit = try await remote.commit()
        for hook in ["pre-receive", "update", "post-receive"] {
            try remote.hookThere(hook, "touch '\(gate)'; sleep 300")
            let repository = try await remote.repository()
            let pushing = Task { try await repository.push(branch: branch, remote: "origin", commit: commit) }
            #expect(await eventually { Files.kind(gate) != .missing })
            pushing.cancel()
            #expect(await refusal { try await pushing.value }?.code == .cancelled)
            try Files.remove(gate)
            try Files.remove("\(remote.bare)/hooks/\(hook)")
            #expect(try await head(remote) == (hook == "post-receive" ? commit : nil))
        }
        #expect(try await push(remote, commit) == .upToDate)
        try await remote.there("update-ref", "-d", "refs/heads/\(branch)")
        #expect(try await push(remote, commit) == .pushed)
    }

    @Test
    func `the user's hooks run only when they are wanted`() async throws {
        let remote = try await RemoteFixture()
        let ran = remote.fixture.folder.file("ran")
        try remote.hook("pre-push", "cat > '\(ran)'; echo 'the tests fail' >&2; exit 1")
        let commit = try await remote.commit()
        #expect(
            try await push(remote, commit, hooks: .user)
                == .rejected(
                    .hookDeclined,
                    message:
                        "the repository's own pre-push hook refuses it: the tests fail; error: failed to push some refs to '\(remote.bare)'"
                )
        )
        #expect(try read(ran)?.hasPrefix("\(commit) \(commit) refs/heads/\(branch) ") == true)
        #expect(try await head(remote) == nil)
        try Files.remove(ran)
        #expect(try await push(remote, commit) == .pushed)
        #expect(Files.kind(ran) == .missing)
        try remote.fixture.folder.write("hooks/empty", "")
        try await remote.git("config", "core.hooksPath", remote.fixture.folder.file("hooks"))
        #expect(try await push(remote, remote.commit("next", on: commit), hooks: .user) == .pushed)
    }

    @Test
    func `what is no commit or no branch is not pushed`() async throws {
        let remote = try await RemoteFixture()
        let repository = try await remote.repository()
        let commit = try await remote.commit()
        let tree = try await remote.git("rev-parse", "main^{tree}")
        for wrong in ["main", String(commit.prefix(12)), tree, "", "+" + commit, String(repeating: "1", count: 40)] {
            #expect(
                await refusal { try await repository.push(branch: branch, remote: "origin", commit: wrong) }?.code
                    == .noSuchRef
            )
        }
        for wrong in ["a..b", "", "x:refs/heads/main", "a b"] {
            #expect(
                await refusal { try await repository.push(branch: wrong, remote: "origin", commit: commit) }?.code
                    == .badName
            )
        }
        #expect(try await remote.there("for-each-ref", "--format=%(refname)") == "refs/heads/main")
    }
}
