import Glibc
import OrchStore
import OrchTestSupport
import ServiceLifecycle
import Testing

@testable import Hub

/// The bell between clients and the daemon.
@Suite(.timeLimit(.minutes(1)))
struct DoorbellTests {
    private let directory: TemporaryDirectory
    private let folder: OrchFolder
    private let inbox = Inbox()

    init() throws {
        directory = try TemporaryDirectory("bell")
        folder = OrchFolder(repository: directory.path)
        try folder.create()
    }

    @Test func `a ring becomes an input`() async throws {
        let bell = try Doorbell(folder, at: directory.file("s"), inbox: inbox)
        let running = Task { try await bell.run() }
        DoorbellRinger.ring(folder)
        let inputs = await inbox.take(atMost: 9)
        #expect(inputs.count == 1)
        if case .commandsWaiting? = inputs.first {} else { Issue.record("not a ring: \(inputs)") }
        running.cancel()
        try await running.value
        #expect(access(directory.file("s"), F_OK) != 0)
        #expect(BellPath.target(folder) == nil)
    }

    @Test func `a bell that a killed daemon left is replaced`() throws {
        _ = try Doorbell(folder, at: directory.file("s"), inbox: inbox)
        _ = try Doorbell(folder, at: directory.file("s"), inbox: inbox)
        #expect(BellPath.target(folder) == directory.file("s"))
    }

    @Test func `ringing where nobody is does nothing`() throws {
        DoorbellRinger.ring(folder)
        try #require(symlink(directory.file("gone"), BellPath.link(folder)) == 0)
        DoorbellRinger.ring(folder)
    }

    @Test func `many rings that nobody takes don't block the one who rings`() throws {
        _ = try Doorbell(folder, at: directory.file("s"), inbox: inbox)
        for _ in 0..<2_000 { DoorbellRinger.ring(folder) }
    }

    @Test func `a path that is too long for a socket is said`() throws {
        let path = directory.file(String(repeating: "x", count: 200))
        #expect(throws: HubError.self) { try Doorbell(folder, at: path, inbox: inbox) }
    }
}
