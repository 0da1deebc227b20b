import OrchCore

/// How one step looks on the wire: its item, begun and finished, and the names of the events between.
struct OutputItem {
    /// A part that is announced before its text.
    struct Part {
        /// `content` or `reasoning_summary`.
        var kind: String
        /// The member that numbers it.
        var index: String
        /// The part before any text.
        var empty: JSONValue
    }

    let id: String
    /// The text that comes in pieces.
    let text: String
    let started: JSONValue
    let finished: JSONValue
    let deltaType: String
    let doneType: String
    /// The member of the closing event that holds the whole text.
    let doneKey: String
    let part: Part?
    /// Members that each piece carries besides the item's id.
    let place: [String: JSONValue]

    init(_ step: ModelStep, id: String) {
        switch step {
        case .message(let text): self.init(message: text, id: id)
        case .reasoning(let text): self.init(reasoning: text, id: id)
        case .command(let command): self.init(function: "exec_command", command.arguments, id: id)
        case .toolCall(let name, let arguments): self.init(function: name, arguments, id: id)
        case .applyPatch(let patch): self.init(patch: patch, id: id)
        }
    }

    private init(
        id: String,
        text: String,
        started: [String: JSONValue],
        finished: [String: JSONValue],
        type: String,
        doneKey: String,
        part: Part? = nil,
        place: [String: JSONValue] = [:]
    ) {
        self.id = id
        self.text = text
        self.started = .object(started)
        self.finished = .object(finished)
        deltaType = "response.\(type).delta"
        doneType = "response.\(type).done"
        self.doneKey = doneKey
        self.part = part
        self.place = place
    }

    private init(message text: String, id: String) {
        let id = "msg_\(id)"
        let content: (String) -> JSONValue = { ["type": "output_text", "text": .string($0), "annotations": []] }
        let base: [String: JSONValue] = ["type": "message", "id": .string(id), "role": "assistant"]
        self.init(
            id: id,
            text: text,
            started: base.merging(["content": [], "status": "in_progress"]) { $1 },
            finished: base.merging(["content": [content(text)], "status": "completed"]) { $1 },
            type: "output_text",
            doneKey: "text",
            part: Part(kind: "content", index: "content_index", empty: content("")),
            place: ["content_index": 0]
        )
    }

    private init(reasoning text: String, id: String) {
        let id = "rs_\(id)"
        let summary: (String) -> JSONValue = { ["type": "summary_text", "text": .string($0)] }
        let base: [String: JSONValue] = ["type": "reasoning", "id": .string(id)]
        self.init(
            id: id,
            text: text,
            started: base.merging(["summary": []]) { $1 },
            finished: base.merging(["summary": [summary(text)]]) { $1 },
            type: "reasoning_summary_text",
            doneKey: "text",
            part: Part(kind: "reasoning_summary", index: "summary_index", empty: summary("")),
            place: ["summary_index": 0]
        )
    }

    private init(function name: String, _ arguments: JSONValue, id: String) {
        let text = arguments.canonicalText
        let base: [String: JSONValue] = [
            "type": "function_call", "id": .string("fc_\(id)"), "call_id": .string("call_\(id)"), "name": .string(name),
        ]
        self.init(
            id: "fc_\(id)",
            text: text,
            started: base.merging(["arguments": "", "status": "in_progress"]) { $1 },
            finished: base.merging(["arguments": .string(text), "status": "completed"]) { $1 },
            type: "function_call_arguments",
            doneKey: "arguments"
        )
    }

    private init(patch: String, id: String) {
        let base: [String: JSONValue] = [
            "type": "custom_tool_call", "id": .string("ctc_\(id)"), "call_id": .string("call_\(id)"),
            "name": "apply_patch",
        ]
        self.init(
            id: "ctc_\(id)",
            text: patch,
            started: base.merging(["input": "", "status": "in_progress"]) { $1 },
            finished: base.merging(["input": .string(patch), "status": "completed"]) { $1 },
            type: "custom_tool_call_input",
            doneKey: "input"
        )
    }
}
