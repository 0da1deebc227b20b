import Glibc
import OrchCore
import OrchStore
import OrchTestSupport
import SQLite
import Testing

@testable import Hub

/// The loop around a real hub and a real database.
@Suite(.timeLimit(.minutes(1)))
struct HubLoopTests {
    private let store: TestStore
    private let folder: OrchFolder
    private let inbox = Inbox()
    private let performed = Recorder<OutboxRecord>()
    private let epochs = Recorder<Int64>()
    private let changed = ChangeSignal()

    init() throws {
        store = try TestStore.onDisk()
        folder = try #require(store.folder)
    }

    private func makeLoop() -> HubLoop {
        HubLoop(
            .init(
                inbox: inbox,
                perform: { [performed] rows in for row in rows { performed.add(row) } },
                changed: changed,
                began: { [epochs] in epochs.add($0) },
                logger: HubFixture.logger
            )
        ) { [folder] in try HubFixture.parts(folder) }
    }

    private func status(of command: Int64) throws -> CommandStatus? { try CommandQueue(store.db).find(command)?.status }

    @Test func `it begins an epoch, hands out the first deed, and ends when it is stopped`() async throws {
        let loop = makeLoop()
        async let running: Void = loop.run()
        try await eventually("a deed") { !performed.all.isEmpty }
        #expect(performed.all.map(\.kind) == ["app_server.start"])
        #expect(epochs.all == [1])
        await inbox.send([.stopping(reason: "the test is over")])
        try await running
        #expect(try store.tables.hub.get().state == "stopped")
        let events: [String] = try store.db.query("SELECT kind FROM event ORDER BY seq") { try $0.get(0) }
        #expect(events.first == "hub.started")
        #expect(events.last == "hub.stopped")
    }

    @Test func `a command that somebody inserted is found without a ring`() async throws {
        let loop = makeLoop()
        async let running: Void = loop.run()
        let id = try store.rows.command("hub.wip", ["limit": 7])
        try await eventually("the command's end") { try status(of: id) != .pending }
        #expect(try status(of: id) == .done)
        #expect(try store.tables.hub.get().wip == 7)
        await inbox.send([.stopping(reason: "over")])
        try await running
    }

    @Test func `orch stop ends the loop, and says so once`() async throws {
        let loop = makeLoop()
        async let running: Void = loop.run()
        try await eventually("the beginning") { !epochs.all.isEmpty }
        _ = try store.rows.command("hub.stop", [:])
        await inbox.send([.commandsWaiting])
        try await running
        let stops: Int? = try store.db.scalar("SELECT count(*) FROM event WHERE kind = 'hub.stopped'")
        #expect(stops == 1)
        #expect(try store.tables.hub.get().state == "stopped")
    }

    @Test func `more commands than one step executes are all executed`() async throws {
        for _ in 0..<(Hub.commandBatch + 10) { try store.rows.command() }
        let loop = makeLoop()
        async let running: Void = loop.run()
        try await eventually("all of them") {
            try store.db.scalar("SELECT count(*) FROM command WHERE status = 'pending'") == 0
        }
        await inbox.send([.stopping(reason: "over")])
        try await running
    }

    @Test func `I1: a daemon that was superseded ends, and writes nothing more`() async throws {
        let loop = makeLoop()
        let running = Task { try await loop.run() }
        try await eventually("the beginning") { !epochs.all.isEmpty }
        try store.db.run("UPDATE hub SET epoch = epoch + 1")
        await inbox.send([.tick])
        await #expect {
            try await running.value
        } throws: { error in
            (error as? HubError)?.code == .superseded
        }
        #expect(try store.tables.hub.get().state == "running")
    }

    @Test func `the write-ahead log is emptied at the end`() async throws {
        let loop = makeLoop()
        async let running: Void = loop.run()
        try await eventually("the beginning") { !epochs.all.isEmpty }
        await inbox.send([.stopping(reason: "over")])
        try await running
        #expect(try Store.checkpoint(store.db, folder, ifLargerThan: 0) == .notNeeded)
    }

    @Test func `a cancelled loop ends`() async throws {
        let loop = makeLoop()
        let running = Task { try await loop.run() }
        try await eventually("the beginning") { !epochs.all.isEmpty }
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
    }
}
