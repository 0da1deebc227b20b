import OrchCore

/// `thread/started`: a thread is live.
///
/// Told to every connection, also of threads that others or codex itself opened.
package struct ThreadStarted: Sendable, Hashable {
    package var thread: ThreadInfo

    init?(_ json: JSONValue) {
        guard let thread = ThreadInfo(json["thread"]) else { return nil }
        self.thread = thread
    }
}

/// `thread/status/changed`: a hint.
///
/// It comes before `turn/completed`, which is what counts.
package struct ThreadStatusChanged: Sendable, Hashable {
    package var threadID: String
    package var status: ThreadStatus

    init?(_ json: JSONValue) {
        guard let threadID = json["threadId"]?.stringValue, let status = json["status"] else { return nil }
        self.threadID = threadID
        self.status = ThreadStatus(status)
    }
}

/// `thread/closed`: the server put the thread out of memory.
///
/// It has to be resumed before its next turn.
package struct ThreadClosed: Sendable, Hashable {
    package var threadID: String

    init?(_ json: JSONValue) {
        guard let threadID = json["threadId"]?.stringValue else { return nil }
        self.threadID = threadID
    }
}

/// What a thread is doing.
package enum ThreadStatus: Sendable, Hashable {
    case notLoaded
    case idle
    /// The last turn failed; a new one works normally.
    case systemError
    /// A turn runs; `flags` e.g. `waitingOnApproval`.
    case active(flags: [String])
    case other(String)

    init(_ json: JSONValue) {
        switch json["type"]?.stringValue {
        case "notLoaded": self = .notLoaded
        case "idle": self = .idle
        case "systemError": self = .systemError
        case "active": self = .active(flags: (json["activeFlags"]?.arrayValue ?? []).compactMap(\.stringValue))
        case let other: self = .other(other ?? "")
        }
    }

    /// Whether a turn runs.
    package var isActive: Bool { if case .active = self { true } else { false } }
}
