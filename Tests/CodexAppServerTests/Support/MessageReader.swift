import CodexAppServer

/// The one consumer of a connection's messages in a test.
struct MessageReader {
    private var iterator: IncomingMessages.AsyncIterator
    /// All that was read.
    private(set) var seen: [ServerMessage] = []

    init(_ connection: AppServerConnection) {
        iterator = connection.incoming.makeAsyncIterator()
    }

    mutating func next() async throws -> ServerMessage {
        guard let message = await iterator.next() else { throw Ended(seen: seen) }
        seen.append(message)
        return message
    }

    /// Reads on until `match` finds something.
    mutating func until<T>(_ match: (ServerMessage) -> T?) async throws -> T {
        while true {
            if let found = match(try await next()) { return found }
        }
    }

    mutating func turnCompleted() async throws -> TurnCompleted {
        try await until { if case .notification(.turnCompleted(let it)) = $0 { it } else { nil } }
    }

    mutating func toolCall() async throws -> ToolCallRequest {
        try await until { if case .request(.toolCall(let it)) = $0 { it } else { nil } }
    }

    mutating func approval() async throws -> ApprovalRequest {
        try await until { if case .request(.approval(let it)) = $0 { it } else { nil } }
    }

    mutating func closed() async throws -> String {
        try await until { if case .closed(let reason) = $0 { reason } else { nil } }
    }

    mutating func commandStarted() async throws -> ItemStarted {
        try await until {
            if case .notification(.itemStarted(let it)) = $0, case .commandExecution = it.item { it } else { nil }
        }
    }

    /// The items that completed among what was read.
    var completed: [ItemCompleted] {
        seen.compactMap { if case .notification(.itemCompleted(let it)) = $0 { it } else { nil } }
    }

    struct Ended: Error { var seen: [ServerMessage] }
}
