import OrchCore

/// Agent names on the command line.
enum AgentNames {
    /// The one form of a name of an agent that there is, or may be.
    static func existing(_ name: String) throws -> String {
        try checked(name, by: AgentName.normalise)
    }

    /// The one form of a name for a new agent.
    static func new(_ name: String) throws -> String {
        try checked(name, by: AgentName.new)
    }

    private static func checked(_ name: String, by read: (String) throws(CoreError) -> String) throws -> String {
        do throws(CoreError) {
            return try read(name)
        } catch {
            throw CommandError(.usage, error.message, hint: "`orch agent list` shows the agents that there are")
        }
    }
}
