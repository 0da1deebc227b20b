import OrchCore

/// A thread, as the server describes it.
package struct ThreadInfo: Sendable, Hashable {
    package var id: String
    package var status: ThreadStatus
    package var folder: String?
    package var name: String?
    package var model: String?
    /// The thread that opened it, if codex's own sub-agents did.
    package var parentID: String?

    init?(_ json: JSONValue?) {
        guard let json, let id = json["id"]?.stringValue else { return nil }
        self.id = id
        status = ThreadStatus(json["status"] ?? .null)
        folder = json["cwd"]?.stringValue
        name = json["name"]?.stringValue
        model = json["model"]?.stringValue
        parentID = json["parentThreadId"]?.stringValue
    }
}

/// An item of a thread's history, with its turn.
package struct HistoryItem: Sendable, Hashable {
    package var turnID: String
    package var item: ThreadItem
    package var completedAtMs: Int64?

    init?(_ json: JSONValue) {
        guard let turnID = json["turnId"]?.stringValue, let item = ThreadItem(json["item"]) else { return nil }
        self.turnID = turnID
        self.item = item
        completedAtMs = json["completedAtMs"]?.intValue
    }
}

/// A page of a list.
package struct Page<Element: Sendable & Hashable>: Sendable, Hashable {
    package var elements: [Element]
    /// Where the next page begins; nil on the last.
    package var nextCursor: String?

    init(_ json: JSONValue, _ read: (JSONValue) -> Element?) {
        elements = (json["data"]?.arrayValue ?? []).compactMap(read)
        nextCursor = json["nextCursor"]?.stringValue
    }
}
