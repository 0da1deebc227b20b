import OrchTestSupport
import Settings
import Testing
import Workspaces

@testable import Hub

/// Settings that change under a running daemon.
@Suite(.timeLimit(.minutes(1)))
struct SettingsWatcherTests {
    private let inbox = Inbox()

    private func makeWatcher(
        _ fixture: RepositoryFixture,
        _ box: SettingsBox,
        _ reading: SettingsReader.Reading,
        _ reader: SettingsReader
    )
        async throws -> SettingsWatcher
    {
        SettingsWatcher(
            reader,
            started: reading,
            gitDir: try await fixture.repository().gitDir,
            box: box,
            inbox: inbox,
            logger: HubFixture.logger
        )
    }

    @Test func `a new commit of the base branch brings new settings; a wrong one keeps the old, and says so once`()
        async throws
    {
        let fixture = try await RepositoryFixture(workflow: "---\norch:\n  wip: 2\n---\nDo it.\n")
        let reader = SettingsReader(try await fixture.repository(), environment: fixture.environment)
        let reading = try await reader.read()
        #expect(reading.baseBranch == "main")
        #expect(reading.settings.wip == 2)
        let box = SettingsBox(reading.settings)
        let watcher = try await makeWatcher(fixture, box, reading, reader)
        await watcher.look()
        #expect(inbox.count == 0)

        try await fixture.commit(workflow: "---\norch:\n  wip: 5\n---\nDo it.\n")
        await watcher.look()
        guard case .settingsChanged(let new)? = await inbox.take(atMost: 9).first else {
            Issue.record("no new settings")
            return
        }
        #expect(new.wip == 5)
        #expect(box.value.wip == 5)

        try await fixture.commit(workflow: "---\norch:\n  wip: many\n---\nDo it.\n")
        await watcher.look()
        await watcher.look()
        guard case .settingsInvalid(let message)? = await inbox.take(atMost: 9).first else {
            Issue.record("nothing was said")
            return
        }
        #expect(message.contains("wip"))
        #expect(box.value.wip == 5)
        #expect(inbox.count == 0)
    }

    @Test(arguments: ["git revert --no-edit HEAD", "git reset -q --hard HEAD~1"])
    func `settings that are put back are said to be right again, once`(_ script: String) async throws {
        let fixture = try await RepositoryFixture(workflow: "---\norch:\n  wip: 2\n---\nDo it.\n")
        let reader = SettingsReader(try await fixture.repository(), environment: fixture.environment)
        let reading = try await reader.read()
        let watcher = try await makeWatcher(fixture, SettingsBox(reading.settings), reading, reader)
        try await fixture.commit(workflow: "---\norch:\n  wip: many\n---\nDo it.\n")
        await watcher.look()
        _ = await inbox.take(atMost: 9)
        try await fixture.shell(script)
        await watcher.look()
        await watcher.look()
        let inputs = await inbox.take(atMost: 9)
        guard case .settingsValid? = inputs.first, inputs.count == 1 else {
            Issue.record("\(inputs)")
            return
        }
    }

    @Test func `settings in a worktree that nobody committed change nothing`() async throws {
        let fixture = try await RepositoryFixture()
        let reader = SettingsReader(try await fixture.repository(), environment: fixture.environment)
        let reading = try await reader.read()
        let watcher = try await makeWatcher(fixture, SettingsBox(reading.settings), reading, reader)
        try fixture.directory.write("repo/WORKFLOW.md", "---\norch:\n  wip: 9\n---\nDo it.\n")
        await watcher.look()
        #expect(inbox.count == 0)
    }

    @Test func `the base branch that the settings name is the one that they are read from`() async throws {
        let fixture = try await RepositoryFixture(
            workflow: "---\norch:\n  base_branch: release\n  wip: 2\n---\nDo it.\n"
        )
        try await fixture.shell("git branch release")
        try await fixture.commit(workflow: "---\norch:\n  base_branch: release\n  wip: 9\n---\nDo it.\n")
        let reading = try await SettingsReader(try await fixture.repository(), environment: fixture.environment).read()
        #expect(reading.baseBranch == "release")
        #expect(reading.settings.wip == 2)
    }
}
