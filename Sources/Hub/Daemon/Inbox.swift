import Synchronization

/// The inputs that wait for the hub's loop, in order and bounded: a producer waits while it is full.
///
/// One consumer. After `close` nothing is taken in any more and nobody waits.
package final class Inbox: Sendable {
    fileprivate struct State {
        var waiting: [Input] = []
        var isRung = false
        var isClosed = false
        var consumer: CheckedContinuation<Void, Never>?
        var producers: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextProducer = 0
    }

    private let state = Mutex(State())
    private let capacity: Int

    /// An inbox in which producers wait when `capacity` inputs do.
    package init(capacity: Int = 4_096) {
        self.capacity = capacity
    }

    /// Adds inputs as one group, when there is room; drops them when the inbox is closed or the task is cancelled meanwhile.
    package func send(_ inputs: [Input]) async {
        guard !inputs.isEmpty else { return }
        while !add(inputs, evenIfFull: false) {
            await room()
            if Task.isCancelled { return }
        }
    }

    /// Adds an input at once, full or not: for what must not wait, such as the end.
    package func post(_ input: Input) {
        _ = add([input], evenIfFull: true)
    }

    /// Wakes the consumer without an input.
    package func ring() {
        let consumer = state.withLock { state in
            state.isRung = true
            return state.takeConsumer()
        }
        consumer?.resume()
    }

    /// The next inputs, at most so many; none when it was rung, closed, or the task was cancelled.
    package func take(atMost limit: Int) async -> [Input] {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if !state.waiting.isEmpty || state.isRung || state.isClosed || Task.isCancelled { return true }
                    state.consumer = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
        return removeFirst(limit)
    }

    /// Ends it: producers go on, and what still waits is dropped.
    package func close() {
        let (consumer, producers) = state.withLock { state in
            state.isClosed = true
            state.waiting = []
            return (state.takeConsumer(), state.takeProducers())
        }
        consumer?.resume()
        for producer in producers { producer.resume() }
    }

    /// How many inputs wait.
    package var count: Int { state.withLock { $0.waiting.count } }

    /// Whether it was rung since the consumer last took.
    var isRung: Bool { state.withLock { $0.isRung } }

    private func add(_ inputs: [Input], evenIfFull: Bool) -> Bool {
        let (isDone, consumer): (Bool, CheckedContinuation<Void, Never>?) = state.withLock { state in
            if state.isClosed { return (true, nil) }
            guard evenIfFull || state.waiting.count < capacity else { return (false, nil) }
            state.waiting += inputs
            return (true, state.takeConsumer())
        }
        consumer?.resume()
        return isDone
    }

    private func removeFirst(_ limit: Int) -> [Input] {
        let (taken, producers): ([Input], [CheckedContinuation<Void, Never>]) = state.withLock { state in
            state.isRung = false
            let taken = Array(state.waiting.prefix(limit))
            state.waiting.removeFirst(taken.count)
            return (taken, state.waiting.count < capacity ? state.takeProducers() : [])
        }
        for producer in producers { producer.resume() }
        return taken
    }

    private func room() async {
        let id = state.withLock { state in
            state.nextProducer += 1
            return state.nextProducer
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    if state.isClosed || state.waiting.count < capacity || Task.isCancelled { return true }
                    state.producers[id] = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.producers.removeValue(forKey: id) }?.resume()
        }
    }
}

extension Inbox.State {
    fileprivate mutating func takeConsumer() -> CheckedContinuation<Void, Never>? {
        defer { consumer = nil }
        return consumer
    }

    fileprivate mutating func takeProducers() -> [CheckedContinuation<Void, Never>] {
        defer { producers = [:] }
        return producers.sorted { $0.key < $1.key }.map(\.value)
    }
}
