import Glibc
import Testing

@testable import Hub

/// The end of a daemon's standard input.
@Suite(.timeLimit(.minutes(1)))
struct InputWatchTests {
    private func pair() throws -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        try #require(socketpair(AF_UNIX, type, 0, &ends) == 0)
        return (ends[0], ends[1])
    }

    @Test(arguments: 0..<20)
    func `the end of the input is told, and what came before it is dropped`(_: Int) async throws {
        let (input, holder) = try pair()
        defer { close(input) }
        try await confirmation { told in
            let watch = InputWatch(input, logger: HubFixture.logger) { told() }
            let running = Task { try await watch.run() }
            #expect(write(holder, "words", 5) == 5)
            close(holder)
            try await running.value
        }
    }

    @Test func `a watch that is ended before its input tells of no end`() async throws {
        let (input, holder) = try pair()
        defer {
            close(input)
            close(holder)
        }
        try await confirmation(expectedCount: 0) { told in
            let watch = InputWatch(input, logger: HubFixture.logger) { told() }
            let running = Task { try await watch.run() }
            running.cancel()
            try await running.value
        }
    }
}
