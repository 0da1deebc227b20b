import Foundation
import GitHubServer
import ModelServer
import OrchCore
import OrchStore
import SQLite
import Testing

/// What goes wrong at GitHub or on the way there ends in a state that is seen, and passes when its cause does.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct GitHubTroubleTests {
    /// An agent that makes a file and says so.
    private static let worker = ScriptedScenario(
        [
            .worker("Build it", [.exec("echo 1 > it.md; git add -A; git commit --quiet -m 'Build it'"), .done])
        ]
    )

    /// Waits until the tracker is in a state.
    private func until(_ state: String, _ place: GitHubStage) async throws {
        try await place.stage.until("GitHub is \(state)", "SELECT count(*) FROM tracker WHERE state = '\(state)'")
    }

    @Test func `An archived repository is told, and worked on when it is opened again`() async throws {
        try await withGitHub(Self.worker) { place in
            let number = try await place.file("Build it")
            try await place.gitHub.archive()
            try place.startDaemon()
            try await until("archived", place)
            #expect(try await place.stage.did("status").contains("archived"))
            try await place.gitHub.archive(false)
            try await place.until(number, has: "agent:done")
            try await until("ok", place)
        }
    }

    @Test func `A token that may not write is told at the start, and begins nothing`() async throws {
        try await withGitHub(Self.worker) { place in
            try await place.gitHub.setRole("orch", .read)
            let number = try await place.file("Build it")
            try place.startDaemon()
            try await until("forbidden", place)
            #expect(try await place.stage.did("status").contains("may not write"))
            #expect(try await place.comments(number) == [])
            try await place.gitHub.setRole("orch", .write)
            try await place.until(number, has: "agent:done")
        }
    }

    @Test func `A repository without issues, and one that is gone, are told`() async throws {
        try await withGitHub(Self.worker) { place in
            try await place.gitHub.setIssuesEnabled(false)
            try place.startDaemon()
            try await until("issues_off", place)
            try await place.gitHub.deleteRepository()
            try await until("gone", place)
        }
    }

    @Test func `A push that the remote refuses stalls the issue, with the reason`() async throws {
        try await withGitHub(Self.worker) { place in
            let hook = place.remote + "/hooks/pre-receive"
            try "#!/bin/sh\necho 'no pushes on Tuesdays' >&2\nexit 1\n".write(
                toFile: hook,
                atomically: true,
                encoding: .utf8
            )
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: hook)
            let number = try await place.file("Build it", labels: ["auto:pr-on-complete"])
            try place.startDaemon()
            try await place.until(number, has: "agent:stalled")
            try await place.until(number, says: "could not be pushed")
            let rows = try await place.stage.query("outbox", "--status", "failed")
            #expect(rows.contains { $0["kind"]?.stringValue == "branch.push" }, "\(rows)")
            // When the remote takes it again, so does orch.
            try FileManager.default.removeItem(atPath: hook)
            try await place.gitHub.label(number, "agent:queued", by: "acme")
            try await place.until(number, has: "agent:review")
            try await place.stage.until("its pull request is open") { try await place.gitHub.pulls().count == 1 }
        }
    }

    @Test func `A locked conversation is open to those who may write`() async throws {
        try await withGitHub(Self.worker) { place in
            let number = try await place.file("Build it")
            try await place.gitHub.lock(number, by: "acme")
            try place.startDaemon()
            try await place.until(number, has: "agent:done")
        }
    }

    @Test(arguments: [-86_400, 86_400])
    func `A clock that is wrong by a day changes nothing`(seconds: Int) async throws {
        try await withGitHub(Self.worker) { place in
            await place.gitHub.setClockSkew(.seconds(seconds))
            try place.startDaemon()
            try await until("ok", place)
            let number = try await place.file("Build it")
            try await place.until(number, has: "agent:done")
            let other = try await place.file("Build it again")
            try await place.until(other, has: "agent:done")
        }
    }
}
