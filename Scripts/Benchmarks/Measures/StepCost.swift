import Hub
import OrchCore
import OrchStore

/// What one `Hub.step` with one input costs, with 50 agents at work, in memory and on the disk.
struct StepCost {
    let count: Int

    func measure(_ path: String) throws {
        for (place, folder) in [("in memory", nil), ("on disk", OrchFolder(repository: path))] {
            let stage = try HubStage(folder, agents: 50)
            let threads = try stage.running()
            guard threads.count == 50 else { throw BenchError("\(threads.count) of 50 agents run") }
            try measure("an item of a turn", place) { number in
                let thread = threads[number % threads.count]
                let item = TurnItem(
                    id: "call-\(number)",
                    kind: .command,
                    text: "swift build --target Hub (exit 0)",
                    status: "completed"
                )
                return stage.said([.itemCompleted(thread: thread.thread, turn: thread.codexTurn, item)])
            } step: {
                try stage.step($0)
            }
            try measure("a tick", place, { _ in [.tick] }, step: { try stage.step($0) })
            try measure("a command", place) { _ in
                try stage.command("hub.ping", [:])
                return [.commandsWaiting]
            } step: {
                try stage.step($0)
            }
        }
    }

    /// Times the steps alone, one by one.
    private func measure(
        _ what: String,
        _ place: String,
        _ input: (Int) throws -> [Input],
        step: ([Input]) throws -> Void
    ) throws {
        var times: [Double] = []
        for number in 0..<count {
            let inputs = try input(number)
            times.append(try timed { try step(inputs) } * 1e6)
        }
        Figure(name: "Hub.step, \(what), \(place)", value: times.median, unit: "µs").report()
    }
}
