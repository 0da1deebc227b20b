import ArgumentParser
import OrchCore

/// `orch agent spawn`.
struct AgentSpawn: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "spawn",
        abstract: "Start an agent with a task",
        discussion: """
            Names are written in lower case; other characters than letters, digits, - and _ become _. When an agent of that \
            name is alive, the task is handed to it. Without --issue the agent works in a worktree of its own.

              orch agent spawn analyst Audit the dependencies for known vulnerabilities
            """
    )

    @Argument(help: ArgumentHelp("The agent's name.", valueName: "name"))
    var name: String

    @OptionGroup var task: TaskOptions

    @Option(name: [.short, .long], help: ArgumentHelp("The issue that it works on.", valueName: "number"))
    var issue: IssueNumber?

    @OptionGroup var action: ActionOptions

    func run(_ context: Context) async throws {
        let name = try AgentNames.new(name)
        var payload: [String: JSONValue] = ["name": .string(name), "task": .string(try task.text(context))]
        if let issue { payload["issue"] = .integer(Int64(issue.value)) }
        try await action.perform("agent.spawn", payload, context) { answer in
            answer["forwarded"]?.boolValue == true
                ? "Agent \(name) is alive already: it was given the task." : "Agent \(name) is starting."
        }
    }
}
