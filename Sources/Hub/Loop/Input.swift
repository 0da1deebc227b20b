package import OrchCore
package import Settings

/// Everything that can happen to the hub.
///
/// One input, or one group of streamed ones, is one transaction.
package enum Input: Sendable {
    /// The daemon begins: what an earlier one left is taken over.
    case started
    /// There may be rows in `command`.
    case commandsWaiting
    /// The app-server said something.
    case codex(server: Int64, CodexInput)
    /// The connection to the app-server ended.
    case disconnected(server: Int64, reason: String)
    /// A deed ended.
    case settled(effect: Int64, EffectResult)
    /// Time passed.
    case tick
    /// Something was seen at the tracker.
    case observed(Observation)
    /// The configuration was read again.
    case settingsChanged(HubSettings)
    /// The configuration changed and is wrong: the last good one stays.
    case settingsInvalid(String)
    /// The configuration, which was wrong, says again what is in force.
    case settingsValid
    /// The app-server wrote to its standard error.
    case stderr(source: String, lines: [String])
    /// The daemon ends.
    case stopping(reason: String)

    /// Whether losing the newest of these in a power cut costs nothing, since Codex holds them too: they are committed without a sync.
    package var isStreamed: Bool {
        switch self {
        case .codex(_, .toolCall), .codex(_, .approval): false
        case .codex, .tick, .stderr: true
        default: false
        }
    }
}

/// What the app-server says, as far as the hub cares.
package enum CodexInput: Sendable, Hashable {
    case turnStarted(thread: String, turn: String)
    case turnCompleted(thread: String, turn: ThreadHistory.Turn)
    case itemStarted(thread: String, turn: String, TurnItem)
    case itemCompleted(thread: String, turn: String, TurnItem)
    /// The thread's absolute token total.
    case tokens(thread: String, turn: String?, total: Int64)
    /// The account's limits: percent used, and when the tightest resets.
    case rateLimits(usedPercent: Double?, resetsAtMs: Int64?, data: JSONValue)
    /// A failure that Codex itself is retrying, or the cause of a failed turn that follows.
    case turnError(thread: String, turn: String?, kind: String?, message: String, willRetry: Bool)
    case threadClosed(thread: String)
    case warning(String)
    /// Codex asks whether it may. `request` is the JSON-RPC id as JSON text.
    case approval(ApprovalAsked)
    /// The model calls one of the hub's tools.
    case toolCall(ToolCalled)

    /// A request for approval.
    package struct ApprovalAsked: Sendable, Hashable {
        package var request: String
        package var thread: String
        package var turn: String?
        package var item: String?
        package var kind: String
        package var summary: String
        package var payload: JSONValue

        /// A request.
        package init(
            request: String,
            thread: String,
            turn: String?,
            item: String?,
            kind: String,
            summary: String,
            payload: JSONValue
        ) {
            self.request = request
            self.thread = thread
            self.turn = turn
            self.item = item
            self.kind = kind
            self.summary = summary
            self.payload = payload
        }
    }

    /// A call of a dynamic tool.
    package struct ToolCalled: Sendable, Hashable {
        package var request: String
        package var thread: String
        package var turn: String
        package var call: String
        package var tool: String
        package var arguments: JSONValue

        /// A call.
        package init(request: String, thread: String, turn: String, call: String, tool: String, arguments: JSONValue) {
            self.request = request
            self.thread = thread
            self.turn = turn
            self.call = call
            self.tool = tool
            self.arguments = arguments
        }
    }
}
