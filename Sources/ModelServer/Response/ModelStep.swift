package import OrchCore

/// One thing that the model says or asks for.
package enum ModelStep: Sendable, Hashable {
    /// A summary of its thinking.
    case reasoning(String)
    /// A message.
    case message(String)
    /// A shell command.
    case command(ShellCommand)
    /// A patch in Codex's format, from `*** Begin Patch` on.
    case applyPatch(String)
    /// Any other tool, such as the hub's.
    case toolCall(name: String, arguments: JSONValue)

    /// A shell command in the turn's folder.
    package static func exec(_ command: String) -> ModelStep { .command(ShellCommand(command)) }
}

/// A command for Codex's tool `exec_command`.
package struct ShellCommand: Sendable, Hashable {
    /// What the shell gets.
    package var command: String
    /// Where it runs; nil is the turn's folder.
    package var folder: String?
    /// Why it must run outside of the sandbox, for which Codex asks for approval; nil keeps it inside.
    package var escalation: String?
    /// How long Codex waits for its end before it tells the model that it still runs.
    package var yieldMs: Int

    /// Makes a command.
    package init(_ command: String, folder: String? = nil, escalation: String? = nil, yieldMs: Int = 30_000) {
        self.command = command
        self.folder = folder
        self.escalation = escalation
        self.yieldMs = yieldMs
    }

    /// The arguments of `exec_command`.
    var arguments: JSONValue {
        var members: [String: JSONValue] = ["cmd": .string(command), "yield_time_ms": .integer(Int64(yieldMs))]
        if let folder { members["workdir"] = .string(folder) }
        if let escalation {
            members["sandbox_permissions"] = "require_escalated"
            members["justification"] = .string(escalation)
        }
        return .object(members)
    }
}
