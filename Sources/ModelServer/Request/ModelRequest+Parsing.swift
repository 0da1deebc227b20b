package import OrchCore

extension ModelRequest {
    /// Texts with which Codex's own user messages begin.
    static let addedByCodex = [
        "<environment_context>", "<turn_aborted>", "# AGENTS.md", "<user_instructions>", "<INSTRUCTIONS>", "<skill",
        "<permissions", "<model_switch>", "<collaboration_mode>", "<subagent_notification>", "<user_shell_command>",
    ]

    /// Reads a request's body and headers.
    ///
    /// - Throws: `ModelServerError` when the body is no request of the Responses API.
    package init(
        body: JSONValue,
        thread: String?,
        turnMetadata: String?,
        ordinal: (String) -> Int
    ) throws(ModelServerError) {
        guard let input = body["input"]?.arrayValue else {
            throw ModelServerError(
                .badRequest,
                "the request has no array `input`: it is no request of the Responses API"
            )
        }
        let metadata = turnMetadata.flatMap(Self.object)
        let thread = thread ?? metadata?["thread_id"]?.stringValue ?? body["prompt_cache_key"]?.stringValue ?? ""
        var developer: [String] = []
        var history: [HistoryItem] = []
        for item in input {
            if item["role"]?.stringValue == "developer" || item["role"]?.stringValue == "system" {
                developer += Self.texts(item["content"])
            } else if let item = Self.historyItem(item) {
                history.append(item)
            }
        }
        if let instructions = body["instructions"]?.stringValue { developer.insert(instructions, at: 0) }
        self.init(
            thread: thread,
            turn: metadata?["turn_id"]?.stringValue,
            ordinal: ordinal(thread),
            model: body["model"]?.stringValue ?? "",
            developerTexts: developer,
            history: history,
            tools: Self.toolNames(body["tools"]?.arrayValue ?? []),
            body: body
        )
    }

    /// A header that is no JSON says nothing: the metadata is optional.
    private static func object(_ text: String) -> JSONValue? {
        try? JSONValue(parsing: text)
    }

    private static func historyItem(_ item: JSONValue) -> HistoryItem? {
        let id = item["call_id"]?.stringValue ?? ""
        switch item["type"]?.stringValue ?? "message" {
        case "message": return message(item)
        case "function_call":
            let text = item["arguments"]?.stringValue ?? "{}"
            return .call(
                ToolCall(id: id, name: item["name"]?.stringValue ?? "", arguments: object(text) ?? .string(text))
            )
        case "custom_tool_call":
            return .call(ToolCall(id: id, name: item["name"]?.stringValue ?? "", arguments: item["input"] ?? .null))
        case "function_call_output", "custom_tool_call_output":
            return .output(ToolOutput(call: id, text: texts(item["output"]).joined(separator: "\n")))
        default: return nil
        }
    }

    private static func message(_ item: JSONValue) -> HistoryItem? {
        let texts = texts(item["content"])
        if item["role"]?.stringValue == "assistant" { return .assistant(texts.joined()) }
        let own = texts.filter { text in !addedByCodex.contains { text.hasPrefix($0) } }
        return own.isEmpty ? nil : .user(own.joined(separator: "\n"))
    }

    /// The texts of a content, which is a string or an array of parts.
    private static func texts(_ content: JSONValue?) -> [String] {
        switch content {
        case .string(let text): [text]
        case .array(let parts): parts.compactMap { $0["text"]?.stringValue }
        case .object(let members): members["content"].map { texts($0) } ?? [JSONValue.object(members).canonicalText]
        default: []
        }
    }

    private static func toolNames(_ tools: [JSONValue]) -> [String] {
        tools.flatMap { tool -> [String] in
            if tool["type"]?.stringValue == "namespace" { return toolNames(tool["tools"]?.arrayValue ?? []) }
            return [tool["name"]?.stringValue ?? tool["function"]?["name"]?.stringValue].compactMap { $0 }
        }
    }
}
