package import OrchCore

/// What a scenario is asked with: one request of the Responses API, read for scripts.
///
/// Each request carries the whole conversation, so that a script needs no memory of its own.
package struct ModelRequest: Sendable, Hashable {
    /// The Codex thread, from the header `thread-id`; empty when the client sent none.
    package var thread: String
    /// The Codex turn, from the header `x-codex-turn-metadata`.
    package var turn: String?
    /// How many requests of this thread the server had before this one.
    ///
    /// Only for faults that end after a while.
    package var ordinal: Int
    /// The model that is asked for.
    package var model: String
    /// The instructions: base instructions first.
    package var developerTexts: [String]
    /// The conversation, oldest first.
    package var history: [HistoryItem]
    /// The names of the tools that may be called.
    package var tools: [String]
    /// The request as it came.
    package var body: JSONValue

    /// Makes a request of its parts, for tests of scripts.
    package init(
        thread: String,
        turn: String? = nil,
        ordinal: Int = 0,
        model: String = "gpt-5.5",
        developerTexts: [String] = [],
        history: [HistoryItem],
        tools: [String] = [],
        body: JSONValue = .null
    ) {
        self.thread = thread
        self.turn = turn
        self.ordinal = ordinal
        self.model = model
        self.developerTexts = developerTexts
        self.history = history
        self.tools = tools
        self.body = body
    }

    /// The texts of the hub or a person, oldest first.
    package var userTexts: [String] {
        history.compactMap { if case .user(let text) = $0 { text } else { nil } }
    }

    /// The newest of them; empty when there is none.
    package var lastUserText: String { userTexts.last ?? "" }

    /// What happened after the newest user message.
    package var itemsSinceLastUser: ArraySlice<HistoryItem> {
        let start = history.lastIndex { if case .user = $0 { true } else { false } }
        return history[(start.map { $0 + 1 } ?? 0)...]
    }

    /// The outputs after the newest user message, oldest first.
    package var outputsSinceLastUser: [ToolOutput] {
        itemsSinceLastUser.compactMap { if case .output(let output) = $0 { output } else { nil } }
    }

    /// Where in its script the conversation stands: the number of outputs after the newest user message.
    package var position: Int { outputsSinceLastUser.count }

    /// The call that an output belongs to.
    package func call(of output: ToolOutput) -> ToolCall? {
        for case .call(let call) in history where call.id == output.call { return call }
        return nil
    }
}
