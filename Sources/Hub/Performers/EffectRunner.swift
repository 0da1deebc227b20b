package import OrchStore
import ServiceLifecycle

/// Takes the hub's deeds, has each performed in a task of its own, and feeds back how it ended.
///
/// What is under way at the end is cancelled and not settled: the next daemon finds out what became of it (I4).
package struct EffectRunner: Service {
    private let rows: AsyncStream<OutboxRecord>
    private let feed: AsyncStream<OutboxRecord>.Continuation
    private let inbox: Inbox
    private let settled: @Sendable (OutboxRecord, EffectResult) -> Void
    private let perform: @Sendable (OutboxRecord) async -> EffectResult

    /// A runner.
    ///
    /// - Parameters:
    ///   - inbox: where results go.
    ///   - settled: told after a result is in the inbox.
    ///   - perform: performs one deed.
    package init(
        inbox: Inbox,
        settled: @escaping @Sendable (OutboxRecord, EffectResult) -> Void = { _, _ in },
        perform: @escaping @Sendable (OutboxRecord) async -> EffectResult
    ) {
        // Not bounded here: the hub hands out each lane's first deed only, and each once.
        (rows, feed) = AsyncStream.makeStream(of: OutboxRecord.self, bufferingPolicy: .unbounded)
        self.inbox = inbox
        self.settled = settled
        self.perform = perform
    }

    /// Takes deeds; does not wait.
    package func submit(_ rows: [OutboxRecord]) {
        for row in rows { feed.yield(row) }
    }

    package func run() async throws {
        let rows = self.rows
        await withDiscardingTaskGroup { group in
            for await row in rows.cancelOnGracefulShutdown() {
                group.addTask {
                    let result = await perform(row)
                    guard !Task.isCancelled else { return }
                    await inbox.send([.settled(effect: row.id, result)])
                    settled(row, result)
                }
            }
            group.cancelAll()
        }
    }
}
