package import OrchCore

/// Codex asks whether the agent may do something that its sandbox does not allow.
package struct ApprovalRequest: Sendable, Hashable {
    /// What is asked for.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case command
        case fileChange = "file_change"
        case permissions
    }

    package var id: RequestID
    package var kind: Kind
    package var threadID: String
    package var turnID: String
    /// The item that waits.
    ///
    /// For a file change, its `item/started` has the paths.
    package var itemID: String
    package var command: String?
    package var folder: String?
    package var reason: String?
    /// As sent: the exact request that an answer is bound to.
    package var params: JSONValue

    init?(id: RequestID, method: String, _ json: JSONValue) {
        let kind: Kind
        switch method {
        case "item/commandExecution/requestApproval": kind = .command
        case "item/fileChange/requestApproval": kind = .fileChange
        case "item/permissions/requestApproval": kind = .permissions
        default: return nil
        }
        guard let threadID = json["threadId"]?.stringValue, let turnID = json["turnId"]?.stringValue,
            let itemID = json["itemId"]?.stringValue
        else { return nil }
        self.id = id
        self.kind = kind
        self.threadID = threadID
        self.turnID = turnID
        self.itemID = itemID
        command = json["command"]?.stringValue
        folder = json["cwd"]?.stringValue
        reason = json["reason"]?.stringValue
        params = json
    }

    /// What may be answered.
    ///
    /// There is no "always": codex would write it into a global rules file.
    package enum Decision: Sendable, Hashable {
        /// It runs, this once.
        case accept
        /// It does not run; the agent is told and goes on.
        case decline
        /// It does not run, and the turn is interrupted.
        case cancel
    }

    /// The result to respond with.
    package func result(_ decision: Decision) -> JSONValue {
        if kind == .permissions {
            let granted: JSONValue = decision == .accept ? params["permissions"] ?? [:] : [:]
            return ["permissions": granted, "scope": "turn"]
        }
        return switch decision {
        case .accept: ["decision": "accept"]
        case .decline: ["decision": "decline"]
        case .cancel: ["decision": "cancel"]
        }
    }
}
