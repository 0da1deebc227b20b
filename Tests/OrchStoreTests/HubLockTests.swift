import Glibc
import OrchStore
import OrchTestSupport
import Testing

struct HubLockTests {
    private func place() throws -> (TemporaryDirectory, OrchFolder) {
        let directory = try TemporaryDirectory()
        let folder = OrchFolder(repository: directory.path)
        try folder.create()
        return (directory, folder)
    }

    private let daemon = LockHolder(
        purpose: .daemon,
        pid: Int64(getpid()),
        host: LockHolder.hostName(),
        startedAtMs: TestStore.startMs,
        version: "1.0"
    )

    @Test func `I1: a second daemon is refused at once, and told who is there`() throws {
        let (directory, folder) = try place()
        let lock = try HubLock(folder, holder: daemon)
        #expect(try mode(folder.lock) == 0o600)
        let error = #expect(throws: HubLockError.self) {
            _ = try HubLock(folder, holder: .current(.daemon, version: "2", nowMs: 2))
        }
        #expect(error == .held(daemon, folder.path))
        let words = "\(try #require(error))"
        #expect(words.contains("process \(getpid()) on \(LockHolder.hostName()), since 2026-01-01T00:00:00Z"))
        #expect(words.contains("orch stop"))
        withExtendedLifetime((lock, directory)) {}
    }

    @Test func `It is free again when its holder is gone, and the file stays`() throws {
        let (directory, folder) = try place()
        do { _ = try HubLock(folder, holder: daemon) }
        let next = LockHolder.current(.daemon, version: "2", nowMs: 5)
        let lock = try HubLock(folder, holder: next)
        #expect(HubLock.lastHolder(folder) == next)
        withExtendedLifetime((lock, directory)) {}
    }

    @Test func `I1: another process's lock counts, until that is killed`() throws {
        let (directory, folder) = try place()
        let other = try Child(["/usr/bin/flock", "-n", folder.lock, "/bin/cat"])
        try other.waitUntilItRuns()
        // It has not said who it is: it is waited for, here not at all.
        let error = #expect(throws: HubLockError.self) { _ = try HubLock(folder, holder: daemon, commandLimitMs: 0) }
        #expect(error == .held(nil, folder.path))
        other.end(killing: true)
        let lock = try HubLock(folder, holder: daemon)
        withExtendedLifetime((lock, directory)) {}
    }

    @Test func `A child process does not inherit it`() throws {
        let (directory, folder) = try place()
        var lock: HubLock? = try HubLock(folder, holder: daemon)
        let child = try Child(["/bin/cat"])
        try child.waitUntilItRuns()
        withExtendedLifetime(lock) {}
        lock = nil
        _ = try HubLock(folder, holder: daemon)
        withExtendedLifetime((child, directory)) {}
    }

    @Test func `A command that holds it for a moment is waited for`() async throws {
        let (directory, folder) = try place()
        var command: HubLock? = try HubLock(folder, holder: .current(.command, version: "1", nowMs: 1))
        withExtendedLifetime(command) {}
        let error = #expect(throws: HubLockError.self) { _ = try HubLock(folder, holder: daemon, commandLimitMs: 0) }
        #expect("\(try #require(error))".contains("another orch command works on"))
        let waiting = Task.detached { [daemon] in try HubLock(folder, holder: daemon, commandLimitMs: 60_000) }
        withExtendedLifetime(command) {}
        command = nil
        _ = try await waiting.value
        #expect(HubLock.lastHolder(folder) == daemon)
        withExtendedLifetime(directory) {}
    }

    @Test func `What a killed daemon left is not taken for its presence`() throws {
        let (directory, folder) = try place()
        try directory.write(
            ".orch/hub.lock",
            #"{"host":"\#(LockHolder.hostName())","pid":4194305,"purpose":"daemon","started_at_ms":1,"version":"1"}"#
        )
        #expect(HubLock.lastHolder(folder)?.pid == 4_194_305)
        _ = try HubLock(folder, holder: daemon)
    }

    @Test func `A file that says nothing, or nonsense, is no trouble`() throws {
        for text in ["", "nonsense", "{}", "{\"pid\":\"x\"}", "\u{0}\u{1}"] {
            let (directory, folder) = try place()
            try directory.write(".orch/hub.lock", text)
            #expect(HubLock.lastHolder(folder) == nil)
            let lock = try HubLock(folder, holder: daemon)
            #expect(HubLock.lastHolder(folder) == daemon)
            withExtendedLifetime((lock, directory)) {}
        }
    }

    @Test func `A lock that can't be made is an error`() throws {
        let error = #expect(throws: HubLockError.self) {
            _ = try HubLock(OrchFolder(repository: "/nowhere"), holder: daemon)
        }
        guard case .failed(let cause) = error else {
            Issue.record("not failed but \(String(describing: error))")
            return
        }
        #expect(cause.message.contains("/nowhere/.orch/hub.lock"))
    }
}
