import OrchCore

/// Something codex wants a person to know (`warning`, `configWarning`, `deprecationNotice`, `guardianWarning`,
/// `model/rerouted`).
package struct Warning: Sendable, Hashable {
    package var method: String
    package var text: String
    package var threadID: String?

    init(method: String, _ json: JSONValue) {
        self.method = method
        let summary = json["message"]?.stringValue ?? json["summary"]?.stringValue
        let details = json["details"]?.stringValue
        text =
            summary.map { summary in details.map { "\(summary): \($0)" } ?? summary }
            ?? "\(method) \(json.canonicalText.prefix(500))"
        threadID = json["threadId"]?.stringValue
    }
}

/// `serverRequest/resolved`: a request of the server needs no answer any more.
package struct RequestResolved: Sendable, Hashable {
    package var threadID: String?
    package var requestID: RequestID

    init?(_ json: JSONValue) {
        guard let requestID = RequestID(json["requestId"]) else { return nil }
        self.requestID = requestID
        threadID = json["threadId"]?.stringValue
    }
}
