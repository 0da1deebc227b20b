import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

@testable import Hub

/// Commands, with and without a daemon.
@Suite(.timeLimit(.minutes(1)))
struct CommandClientTests {
    private func client(_ fixture: RepositoryFixture) -> CommandClient {
        CommandClient(folder: fixture.folder, environment: fixture.environment)
    }

    private func perform(_ kind: String, _ payload: JSONValue = [:], _ fixture: RepositoryFixture) async throws
        -> CommandAnswer
    {
        try await client(fixture).perform(kind, payload, source: "test", limit: .seconds(20))
    }

    private func tables(_ fixture: RepositoryFixture) throws -> HubTables {
        HubTables(try Store.open(fixture.folder, role: .readOnly, nowMs: TestStore.startMs))
    }

    @Test func `an issue is filed without a daemon, by the hub's own rules`() async throws {
        let fixture = try await RepositoryFixture()
        let answer = try await perform(
            "issue.new",
            ["title": "One", "body": "Blocked by: #9", "labels": ["orchestrate", "agent:queued"]],
            fixture
        )
        #expect(answer == .done(["number": 1]))
        let tables = try tables(fixture)
        let issue = try tables.issues.require(1)
        #expect(issue.phase == .queued)
        #expect(try tables.issues.blockerEdges().map(\.blocker) == [9])
        #expect(try tables.hub.epoch() == 0)
        #expect(try tables.hub.get().state == "stopped")
    }

    @Test func `names of labels come from the repository's settings, also without a daemon`() async throws {
        let fixture = try await RepositoryFixture(workflow: "---\norch:\n  labels:\n    queued: todo\n---\nDo it.\n")
        _ = try await perform("issue.new", ["title": "One", "labels": ["orchestrate", "todo"]], fixture)
        #expect(try tables(fixture).issues.require(1).phase == .queued)
    }

    @Test func `label changes of several commands all reach the outbox`() async throws {
        let fixture = try await RepositoryFixture()
        _ = try await perform("issue.new", ["title": "One", "labels": ["orchestrate", "agent:queued"]], fixture)
        for _ in 0..<2 {
            _ = try await perform("issue.label", ["number": 1, "remove": ["agent:queued"]], fixture)
            _ = try await perform("issue.label", ["number": 1, "add": ["agent:queued"]], fixture)
        }
        let tables = try tables(fixture)
        #expect(try tables.issues.require(1).phase == .queued)
        #expect(try tables.issues.labels(1) == ["agent:queued", "orchestrate"])
    }

    @Test func `what the hub refuses is told with its reason, and recorded`() async throws {
        let fixture = try await RepositoryFixture()
        await #expect {
            _ = try await perform("issue.close", ["number": 4], fixture)
        } throws: { error in
            (error as? CommandFailure)?.message == "there is no issue #4"
        }
        let command = try #require(try CommandQueue(tables(fixture).db).find(1))
        #expect(command.status == .refused)
    }

    @Test func `I3: what needs a daemon waits for one, and the offline command after it leaves it alone`() async throws
    {
        let fixture = try await RepositoryFixture()
        let answer = try await perform("agent.spawn", ["name": "a", "task": "t"], fixture)
        guard case .queued(let id, let note) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(note.contains("no daemon is running"))
        _ = try await perform("issue.new", ["title": "One"], fixture)
        #expect(try CommandQueue(tables(fixture).db).find(id)?.status == .pending)
    }

    @Test(arguments: ["hub.stop", "hub.ping"])
    func `what makes no sense without a daemon is refused`(_ kind: String) async throws {
        let fixture = try await RepositoryFixture()
        await #expect {
            _ = try await perform(kind, [:], fixture)
        } throws: { error in
            (error as? HubError)?.code == .unavailable
        }
    }

    @Test func `with a daemon, the daemon does it`() async throws {
        let fixture = try await RepositoryFixture()
        let folder = fixture.folder
        try folder.create()
        let lock = try HubLock(folder, holder: .current(.daemon, version: "0", nowMs: TestStore.startMs))
        let inbox = Inbox()
        let bell = try Doorbell(folder, at: fixture.directory.file("b"), inbox: inbox)
        let ringing = Task { try await bell.run() }
        let loop = HubLoop(.init(inbox: inbox, perform: { _ in }, logger: HubFixture.logger)) {
            try HubFixture.parts(folder)
        }
        let running = Task { try await loop.run() }
        #expect(HubPresence.daemon(folder)?.purpose == .daemon)
        #expect(try await perform("hub.ping", [:], fixture) == .done([:]))
        #expect(try await perform("issue.new", ["title": "One"], fixture) == .done(["number": 1]))
        #expect(try await perform("hub.stop", [:], fixture) == .done([:]))
        try await running.value
        ringing.cancel()
        try await ringing.value
        withExtendedLifetime(lock) {}
    }

    @Test func `a daemon that does not answer is said after the limit, and the command stays`() async throws {
        let fixture = try await RepositoryFixture()
        try fixture.folder.create()
        let lock = try HubLock(fixture.folder, holder: .current(.daemon, version: "0", nowMs: TestStore.startMs))
        await #expect {
            _ = try await client(fixture).perform("hub.wip", ["limit": 1], source: "test", limit: .milliseconds(20))
        } throws: { error in
            (error as? HubError)?.code == .timeout
        }
        // Nobody who waits for nothing is told that it took too long.
        guard
            case .queued(2, let note) = try await client(fixture).perform(
                "hub.wip",
                ["limit": 2],
                source: "test",
                limit: .zero
            )
        else {
            Issue.record("not handed over")
            return
        }
        #expect(note.contains("handed to the daemon"))
        #expect(try CommandQueue(tables(fixture).db).find(1)?.status == .pending)
        withExtendedLifetime(lock) {}
    }

    @Test func `wrong settings are said before anything is written`() async throws {
        let fixture = try await RepositoryFixture(workflow: "---\norch:\n  wip: many\n---\nDo it.\n")
        await #expect(throws: (any Error).self) { _ = try await perform("issue.new", ["title": "One"], fixture) }
        #expect(throws: StoreError.self) { _ = try tables(fixture) }
    }
}
