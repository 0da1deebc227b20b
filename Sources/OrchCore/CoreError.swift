/// What OrchCore's readers refuse, in words for the person who wrote it.
///
/// Shown to a person or given back to the orchestrator as it is; trying the same again is refused again.
package struct CoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of text was refused.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        case invalidDuration = "invalid_duration"
        case invalidAgentName = "invalid_agent_name"
    }

    /// The kind.
    package var code: Code
    /// What, where, and what to do.
    package var message: String

    /// An error.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    package var description: String { message }
}
