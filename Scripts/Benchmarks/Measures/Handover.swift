import Hub
import OrchCore
import OrchStore

/// How long a command takes from a client that inserts it to the same client that sees what became of it.
struct Handover {
    let count: Int

    func measure(_ folder: OrchFolder) async throws {
        let client = CommandClient(folder: folder)
        var times: [Double] = []
        for number in 0..<count {
            let start = clockSeconds()
            let answer = try await client.perform("hub.ping", [:], source: "bench", limit: .seconds(10))
            times.append((clockSeconds() - start) * 1_000)
            guard case .done = answer else { throw BenchError("the daemon did not answer: \(answer)") }
            // Not in step with anything that ticks.
            try await Task.sleep(for: .microseconds(500 + number * 7919 % 3_000))
        }
        Figure(name: "command hand-over, p50", value: times.median, unit: "ms").report()
        Figure(name: "command hand-over, p99", value: times.quantile(0.99), unit: "ms").report()
    }
}
