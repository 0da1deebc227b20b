import Synchronization

/// Messages between the thread that receives and the one consumer, in order and bounded.
///
/// Over a limit `push` says so, and the receiver stops reading: what comes in meanwhile is at most what one read of the socket held. When the
/// consumer takes what waits, `onRoom` lets the receiver go on.
final class IncomingQueue: Sendable {
    private struct State {
        var waiting: [ServerMessage] = []
        var bytes = 0
        var isFull = false
        var isEnded = false
        var consumer: CheckedContinuation<[ServerMessage], Never>?
    }

    private let state = Mutex(State())
    private let messageLimit: Int
    private let byteLimit: Int
    private let onRoom: @Sendable () -> Void

    init(messageLimit: Int, byteLimit: Int, onRoom: @escaping @Sendable () -> Void) {
        self.messageLimit = messageLimit
        self.byteLimit = byteLimit
        self.onRoom = onRoom
    }

    /// Adds a message of so many bytes.
    ///
    /// False: it is full now, stop reading.
    func push(_ message: ServerMessage, bytes: Int) -> Bool {
        let (consumer, hasRoom): (CheckedContinuation<[ServerMessage], Never>?, Bool) = state.withLock { state in
            guard !state.isEnded else { return (nil, true) }
            if case .closed = message { state.isEnded = true }
            if let consumer = state.consumer {
                state.consumer = nil
                return (consumer, true)
            }
            state.waiting.append(message)
            state.bytes += bytes
            if state.waiting.count >= messageLimit || state.bytes >= byteLimit { state.isFull = true }
            return (nil, !state.isFull)
        }
        consumer?.resume(returning: [message])
        return hasRoom
    }

    /// All that waits, at least one message; empty when there will be none any more, or the task was cancelled.
    func take() async -> [ServerMessage] {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (taken, wasFull): ([ServerMessage]?, Bool) = state.withLock { state in
                    if !state.waiting.isEmpty {
                        defer {
                            state.waiting = []
                            state.bytes = 0
                            state.isFull = false
                        }
                        return (state.waiting, state.isFull)
                    }
                    if state.isEnded || Task.isCancelled { return ([], false) }
                    precondition(state.consumer == nil, "an app-server connection has one consumer")
                    state.consumer = continuation
                    return (nil, false)
                }
                if let taken { continuation.resume(returning: taken) }
                if wasFull { onRoom() }
            }
        } onCancel: {
            let consumer = state.withLock { state in
                defer { state.consumer = nil }
                return state.consumer
            }
            consumer?.resume(returning: [])
        }
    }

    /// How many messages wait.
    var count: Int { state.withLock { $0.waiting.count } }

    /// Whether the consumer waits for a message.
    var isAwaited: Bool { state.withLock { $0.consumer != nil } }
}
