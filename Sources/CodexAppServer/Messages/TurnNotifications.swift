import OrchCore

/// `turn/started`.
package struct TurnStarted: Sendable, Hashable {
    package var threadID: String
    package var turn: Turn

    init?(_ json: JSONValue) {
        guard let threadID = json["threadId"]?.stringValue, let turn = Turn(json["turn"]) else { return nil }
        self.threadID = threadID
        self.turn = turn
    }
}

/// `turn/completed`: the end of a turn, whatever its status.
///
/// Of its items it brings only the last message.
package struct TurnCompleted: Sendable, Hashable {
    package var threadID: String
    package var turn: Turn

    init?(_ json: JSONValue) {
        guard let threadID = json["threadId"]?.stringValue, let turn = Turn(json["turn"]) else { return nil }
        self.threadID = threadID
        self.turn = turn
    }
}

/// A turn.
package struct Turn: Sendable, Hashable {
    /// How it stands.
    ///
    /// A turn that a dying server cut off is `interrupted`.
    package enum Status: Sendable, Hashable {
        case inProgress, completed, interrupted, failed
        case other(String)

        init(_ text: String) {
            switch text {
            case "inProgress": self = .inProgress
            case "completed": self = .completed
            case "interrupted": self = .interrupted
            case "failed": self = .failed
            default: self = .other(text)
            }
        }

        /// As codex writes it.
        package var text: String {
            switch self {
            case .inProgress: "inProgress"
            case .completed: "completed"
            case .interrupted: "interrupted"
            case .failed: "failed"
            case .other(let text): text
            }
        }
    }

    package var id: String
    package var status: Status
    package var error: TurnError?
    package var items: [ThreadItem]
    /// Seconds since 1970.
    package var startedAt: Int64?
    /// Seconds since 1970; nil for one that a dying server cut off.
    package var completedAt: Int64?
    package var durationMs: Int64?

    init?(_ json: JSONValue?) {
        guard let json, let id = json["id"]?.stringValue, let status = json["status"]?.stringValue else { return nil }
        self.id = id
        self.status = Status(status)
        error = TurnError(json["error"])
        items = (json["items"]?.arrayValue ?? []).compactMap { ThreadItem($0) }
        startedAt = json["startedAt"]?.intValue
        completedAt = json["completedAt"]?.intValue
        durationMs = json["durationMs"]?.intValue
    }
}

/// Why a turn failed, or what codex is retrying.
package struct TurnError: Sendable, Hashable {
    /// For people.
    package var message: String
    package var details: String?
    /// `codexErrorInfo`: the string, or the only key of the object; for `TurnFailure(codexErrorInfo:)`.
    package var kind: String?
    /// The HTTP status that the model's service answered with, if that was it.
    package var httpStatus: Int64?

    init?(_ json: JSONValue?) {
        guard let json, let message = json["message"]?.stringValue else { return nil }
        self.message = message
        details = json["additionalDetails"]?.stringValue
        let info = json["codexErrorInfo"]
        kind = info?.stringValue ?? info?.objectValue?.keys.sorted().first
        httpStatus = kind.flatMap { info?[$0]?["httpStatusCode"]?.intValue }
    }
}

/// `error`: something went wrong in a turn.
///
/// If codex does not retry, `turn/completed` follows with the same error: act on one of them.
package struct TurnErrorNotice: Sendable, Hashable {
    package var threadID: String
    package var turnID: String?
    package var error: TurnError
    /// Codex is still at it.
    ///
    /// It may be so for ever: with the network gone it retries without end.
    package var willRetry: Bool

    init?(_ json: JSONValue) {
        guard let threadID = json["threadId"]?.stringValue, let error = TurnError(json["error"]) else { return nil }
        self.threadID = threadID
        turnID = json["turnId"]?.stringValue
        self.error = error
        willRetry = json["willRetry"]?.boolValue ?? false
    }
}
