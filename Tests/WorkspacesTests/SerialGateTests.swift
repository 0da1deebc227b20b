import Synchronization
import Testing

@testable import Workspaces

@Suite(.timeLimit(.minutes(1)))
struct SerialGateTests {
    @Test
    func `callers never overlap, also across await`() async throws {
        let gate = SerialGate()
        let inside = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await gate.run { () async throws(WorkspaceError) in
                        #expect(
                            inside.enter() == 1
                        )
                        await Task.yield()
                        inside.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test
    func `a caller that is cancelled while it waits leaves, and the others go on`() async throws {
        let gate = SerialGate()
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        let first = Task {
            try await gate.run { () async throws(WorkspaceError) in
                enter.yield()
                for await _ in released { break }
            }
        }
        for await _ in entered { break }
        let second = Task { try await gate.run { () async throws(WorkspaceError) in Issue.record("was let in") } }
        second.cancel()
        #expect(await refusal { try await second.value }?.code == .cancelled)
        release.yield()
        try await first.value
        #expect(try await gate.run { () async throws(WorkspaceError) in 3 } == 3)
    }

    @Test
    func `an error lets the next one in`() async throws {
        let gate = SerialGate()
        let error = await refusal {
            try await gate.run { () async throws(WorkspaceError) in throw WorkspaceError(.failed, "x") }
        }
        #expect(error?.message == "x")
        #expect(try await gate.run { () async throws(WorkspaceError) in true })
    }
}

/// Counts who is inside.
private final class Counter: Sendable {
    private let count = Mutex(0)

    func enter() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }

    func leave() { count.withLock { $0 -= 1 } }
}
