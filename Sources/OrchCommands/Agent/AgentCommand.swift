import ArgumentParser

/// `orch agent …`: the agents, one by one.
struct AgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent",
        abstract: "Start, steer and end agents",
        discussion: """
            An agent is one run of one worker: a Codex conversation in a worktree of its own. The hub starts one for each \
            queued issue; these commands are for what a person wants beside that.
            """,
        subcommands: [
            AgentSpawn.self, AgentSend.self, AgentClose.self, AgentInterrupt.self, AgentBudget.self, AgentList.self,
        ]
    )
}
