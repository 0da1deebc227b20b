package import OrchCore

/// The model calls one of the hub's tools (`item/tool/call`).
///
/// The arguments are not checked against the tool's schema by codex.
package struct ToolCallRequest: Sendable, Hashable {
    package var id: RequestID
    package var threadID: String
    package var turnID: String
    /// The id of the item that waits.
    package var callID: String
    package var tool: String
    package var arguments: JSONValue

    init?(id: RequestID, method: String, _ json: JSONValue) {
        guard method == "item/tool/call", let threadID = json["threadId"]?.stringValue,
            let turnID = json["turnId"]?.stringValue,
            let callID = json["callId"]?.stringValue, let tool = json["tool"]?.stringValue
        else { return nil }
        self.id = id
        self.threadID = threadID
        self.turnID = turnID
        self.callID = callID
        self.tool = tool
        arguments = json["arguments"] ?? .null
    }

    /// The result to respond with: what the model is told.
    package static func result(text: String, isSuccess: Bool) -> JSONValue {
        ["contentItems": [["type": "inputText", "text": .string(text)]], "success": .bool(isSuccess)]
    }
}
