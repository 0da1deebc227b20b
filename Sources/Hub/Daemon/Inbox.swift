import Synchronization

/// The inputs that wait for the hub's loop, in order and bounded: a producer waits while it is full.
///
/// One consumer: a task that awaits, or a thread that sleeps. After `close` nothing is taken in any more and nobody waits.
package final class Inbox: Sendable {
    /// Who waits for inputs.
    fileprivate enum Consumer {
        case task(CheckedContinuation<Void, Never>)
        case thread
    }

    fileprivate struct State {
        var waiting: [Input] = []
        var isRung = false
        var isClosed = false
        var consumer: Consumer?
        var producers: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextProducer = 0
    }

    private let state = Mutex(State())
    private let bell = ThreadBell()
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

    /// Adds an input at once, unless the inbox is full: for what the consumer looks for by itself, too.
    package func offer(_ input: Input) {
        _ = add([input], evenIfFull: false)
    }

    /// Wakes the consumer without an input.
    package func ring() {
        let consumer = state.withLock { state in
            state.isRung = true
            return state.takeConsumer()
        }
        wake(consumer)
    }

    /// The next inputs, at most so many; none when it was rung, closed, or the task was cancelled.
    package func take(atMost limit: Int) async -> [Input] {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if !state.waiting.isEmpty || state.isRung || state.isClosed || Task.isCancelled { return true }
                    state.consumer = .task(continuation)
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
        return removeFirst(limit)
    }

    /// The same for a consumer with a thread of its own, which sleeps for at most so long; none also when that time is over.
    package func take(atMost limit: Int, sleepingAtMostMs limitMs: Int64) -> [Input] {
        let isReady = state.withLock { state in
            if !state.waiting.isEmpty || state.isRung || state.isClosed { return true }
            state.consumer = .thread
            return false
        }
        if !isReady { bell.sleep(atMostMs: limitMs) }
        return removeFirst(limit)
    }

    /// Ends it: producers go on, and what still waits is dropped.
    package func close() {
        let (consumer, producers) = state.withLock { state in
            state.isClosed = true
            state.waiting = []
            return (state.takeConsumer(), state.takeProducers())
        }
        wake(consumer)
        for producer in producers { producer.resume() }
    }

    /// How many inputs wait.
    package var count: Int { state.withLock { $0.waiting.count } }

    private func add(_ inputs: [Input], evenIfFull: Bool) -> Bool {
        let (isDone, consumer): (Bool, Consumer?) = state.withLock { state in
            if state.isClosed { return (true, nil) }
            guard evenIfFull || state.waiting.count < capacity else { return (false, nil) }
            state.waiting += inputs
            return (true, state.takeConsumer())
        }
        wake(consumer)
        return isDone
    }

    private func wake(_ consumer: Consumer?) {
        switch consumer {
        case nil: break
        case .task(let continuation): continuation.resume()
        case .thread: bell.ring()
        }
    }

    private func removeFirst(_ limit: Int) -> [Input] {
        let (taken, producers): ([Input], [CheckedContinuation<Void, Never>]) = state.withLock { state in
            state.isRung = false
            state.consumer = nil
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
    fileprivate mutating func takeConsumer() -> Inbox.Consumer? {
        defer { consumer = nil }
        return consumer
    }

    fileprivate mutating func takeProducers() -> [CheckedContinuation<Void, Never>] {
        defer { producers = [:] }
        return producers.sorted { $0.key < $1.key }.map(\.value)
    }
}
