package import OrchCore

/// One item of the conversation that a model request carries.
package enum HistoryItem: Sendable, Hashable {
    /// Text of a person, or of the hub; what Codex adds itself is left out.
    case user(String)
    /// A message of the model.
    case assistant(String)
    /// A command, patch or tool that the model asked for.
    case call(ToolCall)
    /// What came of a call.
    case output(ToolOutput)
}

/// A call that the model made.
package struct ToolCall: Sendable, Hashable {
    /// Joins the call with its output.
    package var id: String
    /// The tool: `exec_command`, `apply_patch`, or one of the hub's.
    package var name: String
    /// Its arguments; a string for a custom tool such as `apply_patch`.
    package var arguments: JSONValue
}

/// What Codex sent back for a call.
package struct ToolOutput: Sendable, Hashable {
    /// The id of the call.
    package var call: String
    /// The text for the model.
    package var text: String

    /// Whether the call was cut off with its server: nothing is known of its effect.
    package var isAborted: Bool { text == "aborted" || text.hasPrefix("aborted by user") }
}
