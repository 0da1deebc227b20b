import OrchStore
import OrchTestSupport
import ServiceLifecycle
import Testing

@testable import Hub

/// Deeds and their results.
@Suite(.timeLimit(.minutes(1)))
struct EffectRunnerTests {
    private func row(_ key: String) throws -> OutboxRecord {
        let store = try TestStore.inMemory()
        let id = try store.rows.effect(key)
        return try #require(try store.tables.outbox.find(id))
    }

    @Test func `each deed's result comes back as an input`() async throws {
        let inbox = Inbox()
        let runner = EffectRunner(inbox: inbox) { .failed(code: .other, reason: $0.key) }
        let running = Task { try await runner.run() }
        runner.submit([try row("a")])
        let inputs = await inbox.take(atMost: 9)
        guard case .settled(_, .failed(.other, "a"))? = inputs.first else {
            Issue.record("not settled: \(inputs)")
            return
        }
        running.cancel()
        try await running.value
    }

    @Test func `a deed that takes too long is one whose end nobody knows`() async {
        let result = await withTimeLimit(.milliseconds(1), "it") {
            try? await Task.sleep(for: .seconds(60))
            return .done(.nothing)
        }
        guard case .retry(let reason) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason.contains("took longer"))
    }

    @Test func `what is under way at the end is not settled`() async throws {
        let inbox = Inbox()
        let begun = Recorder<String>()
        let runner = EffectRunner(inbox: inbox) { row in
            begun.add(row.key)
            try? await Task.sleep(for: .seconds(60))
            return .done(.nothing)
        }
        let running = Task { try await runner.run() }
        runner.submit([try row("a")])
        try await eventually("the deed") { !begun.all.isEmpty }
        running.cancel()
        try await running.value
        #expect(inbox.count == 0)
    }
}
