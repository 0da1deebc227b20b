import Glibc
import OrchTestSupport
import Testing

@testable import Hub

/// What killed daemons leave beside their sockets.
@Suite struct StaleSocketsTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory("sockets") }

    /// A socket at a name, made so many seconds ago.
    private func make(_ name: String, _ type: __socket_type, age: Int = 120) throws -> Int32 {
        let path = directory.file(name)
        let descriptor = socket(AF_UNIX, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        try #require(BellPath.withAddress(path) { bind(descriptor, $0, $1) } == 0)
        if type == SOCK_STREAM { try #require(listen(descriptor, 1) == 0) }
        let then = timespec(tv_sec: time(nil) - age, tv_nsec: 0)
        try #require(utimensat(AT_FDCWD, path, [then, then], 0) == 0)
        return descriptor
    }

    /// The same, and nobody has it any more: a program that another test starts may have it for a moment.
    private func leave(_ name: String, _ type: __socket_type, age: Int = 120) async throws {
        close(try make(name, type, age: age))
        for _ in 0..<2_000 where StaleSockets.isAnswered(directory.file(name), type) {
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test func `only what nobody has any more goes, and only what is ours`() async throws {
        let (dead, live, young) = ("00000000000000aa", "00000000000000bb", "00000000000000cc")
        try await leave(dead + ".bell", SOCK_DGRAM)
        try await leave(dead + ".sock", SOCK_STREAM)
        try await leave("other.bell", SOCK_DGRAM)
        try await leave(young + ".bell", SOCK_DGRAM, age: 0)
        let held = [try make(live + ".bell", SOCK_DGRAM)]
        defer { for descriptor in held { close(descriptor) } }
        StaleSockets.clear(beside: directory.file("00000000000000dd.sock"))
        let left = try Set(directory.list(""))
        #expect(left == ["other.bell", young + ".bell", live + ".bell"])
    }

    @Test func `an app-server that outlived its daemon keeps its socket`() async throws {
        let name = "00000000000000aa"
        try await leave(name + ".bell", SOCK_DGRAM)
        let server = try make(name + ".sock", SOCK_STREAM)
        defer { close(server) }
        StaleSockets.clear(beside: directory.file("00000000000000dd.sock"))
        #expect(try directory.list("") == [name + ".sock"])
    }

    @Test func `a link that leads nowhere goes with its bell`() async throws {
        let name = "00000000000000aa"
        try await leave(name + ".bell", SOCK_DGRAM)
        try #require(symlink(directory.file("gone"), directory.file(name + ".sock")) == 0)
        StaleSockets.clear(beside: directory.file("00000000000000dd.sock"))
        #expect(try directory.list("") == [])
    }
}
