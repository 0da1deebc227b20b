import OrchCore
import Synchronization
import Testing

@testable import GitHub

struct RequestGateTests {
    private func pass(
        _ gate: RequestGate,
        _ kind: RequestKind,
        _ outcome: GateOutcome = .answered(RateFacts(status: 200)),
        patienceMs: Int64 = 60_000
    ) async throws(GitHubError) {
        _ = try await gate.pass(kind, patienceMs: patienceMs) { (true, outcome) }
    }

    @Test func `short pauses are waited out, long ones are an error that says how long`() async throws {
        let time = TestTime()
        let gate = RequestGate(clock: time.clock)
        try await pass(gate, .write)
        try await pass(gate, .write)
        #expect(time.sleeps == [1_000])
        try await pass(gate, .read, .answered(RateFacts(status: 403, retryAfterMs: 600_000)))
        let error = await failure { () throws(GitHubError) in try await pass(gate, .read) }
        #expect(error?.code == .rateLimited)
        #expect(error?.retryAfterMs == 600_000)
        #expect(error?.message.contains("10m") == true)
        #expect(time.sleeps == [1_000])
        #expect(await gate.counts.reads == 1)
    }

    @Test func `patience is for all pauses of one request together`() async throws {
        let time = TestTime()
        let gate = RequestGate(clock: time.clock)
        try await pass(gate, .read, .answered(RateFacts(status: 429, retryAfterMs: 5_000)))
        try await pass(gate, .read, patienceMs: 5_000)
        #expect(time.sleeps == [5_000])
    }

    @Test func `writes go one at a time in the order in which they came`() async throws {
        let gate = RequestGate(limits: .immediate, clock: TestTime().clock)
        let log = Log()
        let first = Signal()
        let inFirst = Signal()
        async let one: Void = gate.pass(.write, patienceMs: 0) {
            log.add("1 in")
            inFirst.fire()
            await first.wait()
            log.add("1 out")
            return ((), .neutral)
        }
        await inFirst.wait()
        async let two: Void = gate.pass(.content, patienceMs: 0) {
            log.add("2")
            return ((), .neutral)
        }
        // A read is let through meanwhile.
        try await gate.pass(.read, patienceMs: 0) { ((), .neutral) }
        #expect(log.lines == ["1 in"])
        first.fire()
        _ = try await (one, two)
        #expect(log.lines == ["1 in", "1 out", "2"])
    }

    @Test func `who is cancelled while waiting gives the place away`() async throws {
        let gate = RequestGate(limits: .immediate, clock: TestTime().clock)
        let end = Signal()
        let started = Signal()
        async let first: Void = gate.pass(.write, patienceMs: 0) {
            started.fire()
            await end.wait()
            return ((), .neutral)
        }
        await started.wait()
        let second = Task { await failure { () throws(GitHubError) in try await pass(gate, .write) } }
        second.cancel()
        #expect(await second.value?.code == .cancelled)
        end.fire()
        try await first
        try await pass(gate, .write)
        #expect(await gate.counts.writes == 2)
    }

    @Test func `trouble is unavailable, and can be forgotten`() async throws {
        let time = TestTime()
        let gate = RequestGate(clock: time.clock)
        for _ in 0..<8 { try await pass(gate, .read, .failed, patienceMs: .max) }
        let error = await failure { () throws(GitHubError) in try await pass(gate, .read, patienceMs: 1_000) }
        #expect(error?.code == .unavailable)
        #expect(error?.isRetryable == true)
        await gate.forgetTrouble()
        try await pass(gate, .read, patienceMs: 0)
    }

    @Test func `a gate that is made anew keeps to what was saved`() async throws {
        let time = TestTime()
        let gate = RequestGate(clock: time.clock)
        try await pass(gate, .content, .answered(RateFacts(status: 403, saysSecondary: true)))
        let saved = await gate.saved()
        time.pass(20_000)
        let next = RequestGate(saved: try JSONValue(parsing: saved.canonicalText), clock: time.clock)
        #expect(await next.wait(for: .read)?.ms == 40_000)
        #expect(await next.state.contentHour.sum(now: time.now) == 1)
    }

    @Test func `it counts what it let go`() async throws {
        let gate = RequestGate(limits: .immediate, clock: TestTime().clock)
        try await pass(gate, .read, .answered(RateFacts(status: 304)))
        try await pass(gate, .content, .failed)
        try await pass(gate, .write, .answered(RateFacts(status: 502)))
        let counts = await gate.counts
        #expect(counts.reads == 1)
        #expect(counts.writes == 2)
        #expect(counts.content == 1)
        #expect(counts.points == 11)
        #expect(counts.notModified == 1)
        #expect(counts.failed == 2)
    }
}

/// Lines in the order in which they were added.
private final class Log: Sendable {
    private let state = Mutex<[String]>([])

    var lines: [String] { state.withLock { $0 } }

    func add(_ line: String) { state.withLock { $0.append(line) } }
}
