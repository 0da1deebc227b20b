import OrchCore

/// `item/started`.
///
/// A message, command or patch that starts need not complete: after a steer, an interrupt or a failure it may just be
/// gone.
package struct ItemStarted: Sendable, Hashable {
    package var threadID: String
    package var turnID: String
    package var item: ThreadItem

    init?(_ json: JSONValue) {
        guard let threadID = json["threadId"]?.stringValue, let turnID = json["turnId"]?.stringValue,
            let item = ThreadItem(json["item"])
        else { return nil }
        self.threadID = threadID
        self.turnID = turnID
        self.item = item
    }
}

/// `item/completed`: the item whole.
///
/// A background command's may come after its turn's `turn/completed`.
package struct ItemCompleted: Sendable, Hashable {
    package var threadID: String
    package var turnID: String
    package var item: ThreadItem

    init?(_ json: JSONValue) {
        guard let threadID = json["threadId"]?.stringValue, let turnID = json["turnId"]?.stringValue,
            let item = ThreadItem(json["item"])
        else { return nil }
        self.threadID = threadID
        self.turnID = turnID
        self.item = item
    }
}
