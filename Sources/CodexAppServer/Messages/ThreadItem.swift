package import OrchCore

/// One thing in a turn.
///
/// Its id is the same in notifications and in the history, also after a restart; with the thread's id it is unique.
package enum ThreadItem: Sendable, Hashable {
    case userMessage(UserMessage)
    case agentMessage(AgentMessage)
    case commandExecution(CommandExecution)
    case fileChange(FileChange)
    case dynamicToolCall(DynamicToolCall)
    case reasoning(Reasoning)
    /// A kind that the hub does nothing with.
    case other(OtherItem)

    init?(_ json: JSONValue?) {
        guard let json, let type = json["type"]?.stringValue, let id = json["id"]?.stringValue else { return nil }
        self =
            switch type {
            case "userMessage": .userMessage(UserMessage(id: id, json))
            case "agentMessage": .agentMessage(AgentMessage(id: id, json))
            case "commandExecution": .commandExecution(CommandExecution(id: id, json))
            case "fileChange": .fileChange(FileChange(id: id, json))
            case "dynamicToolCall": .dynamicToolCall(DynamicToolCall(id: id, json))
            case "reasoning": .reasoning(Reasoning(id: id, json))
            default: .other(OtherItem(id: id, type: type, status: json["status"]?.stringValue))
            }
    }

    /// The item's id.
    package var id: String {
        switch self {
        case .userMessage(let item): item.id
        case .agentMessage(let item): item.id
        case .commandExecution(let item): item.id
        case .fileChange(let item): item.id
        case .dynamicToolCall(let item): item.id
        case .reasoning(let item): item.id
        case .other(let item): item.id
        }
    }
}

/// What was said to the agent: a turn's first message, or a steer.
package struct UserMessage: Sendable, Hashable {
    package var id: String
    /// The `clientUserMessageId` of the request that brought it: proof that the message arrived.
    package var clientID: String?
    package var text: String

    init(id: String, _ json: JSONValue) {
        self.id = id
        clientID = json["clientId"]?.stringValue
        text = (json["content"]?.arrayValue ?? []).compactMap { $0["text"]?.stringValue }.joined(separator: "\n")
    }
}

/// What the agent said.
package struct AgentMessage: Sendable, Hashable {
    package var id: String
    package var text: String
    /// For instance `final_answer`; nil with models that don't tell.
    package var phase: String?

    init(id: String, _ json: JSONValue) {
        self.id = id
        text = json["text"]?.stringValue ?? ""
        phase = json["phase"]?.stringValue
    }
}

/// A command of the agent.
package struct CommandExecution: Sendable, Hashable {
    package var id: String
    /// As run: `/bin/bash -lc '…'`.
    package var command: String
    package var folder: String?
    /// `inProgress`, `completed`, `failed`, `declined`.
    package var status: String
    /// -1 for one that was ended or could not start.
    package var exitCode: Int64?
    package var output: String?
    package var durationMs: Int64?

    init(id: String, _ json: JSONValue) {
        self.id = id
        command = json["command"]?.stringValue ?? ""
        folder = json["cwd"]?.stringValue
        status = json["status"]?.stringValue ?? ""
        exitCode = json["exitCode"]?.intValue
        output = json["aggregatedOutput"]?.stringValue
        durationMs = json["durationMs"]?.intValue
    }
}

/// A patch of the agent.
package struct FileChange: Sendable, Hashable {
    /// What happens to one file.
    package struct Change: Sendable, Hashable {
        package var path: String
        /// `add`, `update`, `delete`.
        package var kind: String
        package var diff: String
    }

    package var id: String
    package var changes: [Change]
    /// `inProgress`, `completed`, `failed`, `declined`.
    package var status: String

    init(id: String, _ json: JSONValue) {
        self.id = id
        status = json["status"]?.stringValue ?? ""
        changes = (json["changes"]?.arrayValue ?? []).map { change in
            Change(
                path: change["path"]?.stringValue ?? "",
                kind: change["kind"]?["type"]?.stringValue ?? "",
                diff: change["diff"]?.stringValue ?? ""
            )
        }
    }
}

/// A call of one of the hub's tools.
package struct DynamicToolCall: Sendable, Hashable {
    package var id: String
    package var tool: String
    package var arguments: JSONValue
    /// `inProgress`, `completed`, `failed`.
    package var status: String
    package var isSuccess: Bool?

    init(id: String, _ json: JSONValue) {
        self.id = id
        tool = json["tool"]?.stringValue ?? ""
        arguments = json["arguments"] ?? .null
        status = json["status"]?.stringValue ?? ""
        isSuccess = json["success"]?.boolValue
    }
}

/// What the model tells of its thinking.
package struct Reasoning: Sendable, Hashable {
    package var id: String
    package var summary: String

    init(id: String, _ json: JSONValue) {
        self.id = id
        summary = (json["summary"]?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: "\n")
    }
}

/// An item of another kind.
package struct OtherItem: Sendable, Hashable {
    package var id: String
    package var type: String
    package var status: String?
}
