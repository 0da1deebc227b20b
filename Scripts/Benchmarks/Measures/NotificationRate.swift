import Glibc
import CodexAppServer
import Hub
import Logging
import OrchCore
import OrchStore
import SQLite

/// How fast what 50 busy agents' codex says becomes rows: from the bytes of the messages through the connection, the translator and the
/// hub, whose transactions, deeds and checkpoints are part of it.
struct NotificationRate {
    let rounds: Int

    private static let agents = 50
    /// Tokens that a fast model writes in a second, for one agent.
    private static let tokensPerSecond = 100.0
    /// What a token of English or code has, about.
    private static let bytesPerToken = 4.0

    func measure(_ path: String) async throws {
        let stage = try HubStage(OrchFolder(repository: path), agents: Self.agents)
        let transport = MemoryTransport()
        let connection = try await AppServerConnection.connect(
            transport,
            logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        )
        var translator = CodexTranslator()
        var rates: [Double] = []
        var coreRates: [Double] = []
        var messageCount = 0
        var tokens = 0.0
        let before = try eventCount(stage)
        for round in 0..<rounds {
            let scripts = try stage.running().map {
                CodexScript(thread: $0.thread, codexTurn: $0.codexTurn, turn: $0.turn, tokens: Int64(round) * 20_000)
            }
            guard scripts.count == Self.agents else { throw BenchError("\(scripts.count) agents run") }
            let messages = interleaved(scripts.map(\.messages)).map { Array($0.canonicalText.utf8) }
            messageCount += messages.count
            tokens += Double(scripts.map(\.modelText.utf8.count).reduce(0, +)) / Self.bytesPerToken
            let start = clockSeconds()
            let startOfWork = clockSeconds(CLOCK_PROCESS_CPUTIME_ID)
            for batch in stride(from: 0, to: messages.count, by: HubLoop.batchLimit) {
                for message in messages[batch..<min(batch + HubLoop.batchLimit, messages.count)] {
                    transport.receive(message)
                }
                var inputs: [Input] = []
                for message in await connection.nextMessages() {
                    if case .said(let said) = translator.translate(message) { inputs += stage.said(said) }
                }
                try stage.step(inputs)
            }
            rates.append(Double(messages.count) / (clockSeconds() - start))
            coreRates.append(Double(messages.count) / (clockSeconds(CLOCK_PROCESS_CPUTIME_ID) - startOfWork))
        }
        connection.close()
        let events = try eventCount(stage) - before
        // As many as 50 agents would cause whose models never pause for a command.
        let demand = Double(Self.agents) * Self.tokensPerSecond * Double(messageCount) / tokens
        Figure(name: "notifications to durable events", value: rates.median, unit: "1/s").report()
        Figure(name: "notifications to durable events, of CPU time", value: coreRates.median, unit: "1/s").report()
        Figure(name: "notifications of 50 busy agents", value: demand, unit: "1/s").report()
        Figure(name: "durable events per notification", value: Double(events) / Double(messageCount), unit: "").report()
        try await measureDeltas(transport, demand: Double(Self.agents) * Self.tokensPerSecond)
    }

    /// Pieces of messages are opted out; a server that sent them all the same would cost this.
    private func measureDeltas(_ transport: MemoryTransport, demand: Double) async throws {
        let connection = try await AppServerConnection.connect(
            transport,
            logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        )
        let delta: JSONValue = [
            "method": "item/agentMessage/delta",
            "params": [
                "threadId": .string(ThreadName.of(1)), "turnId": .string(ThreadName.of(2)),
                "itemId": "msg_0123456789abcdef", "delta": " nested",
            ],
        ]
        let bytes = Array(delta.canonicalText.utf8)
        let count = rounds * 4_000
        let elapsed = timed { for _ in 0..<count { transport.receive(bytes) } }
        connection.close()
        Figure(name: "token deltas left out", value: Double(count) / elapsed, unit: "1/s").report()
        Figure(name: "token deltas of 50 busy agents", value: demand, unit: "1/s").report()
    }

    /// As they come when all agents work at the same time.
    private func interleaved(_ lists: [[JSONValue]]) -> [JSONValue] {
        (0..<(lists.map(\.count).max() ?? 0)).flatMap { index in
            lists.compactMap { index < $0.count ? $0[index] : nil }
        }
    }

    private func eventCount(_ stage: HubStage) throws -> Int64 {
        try stage.db.scalar("SELECT max(seq) FROM event") ?? 0
    }
}
