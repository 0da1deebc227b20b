import ArgumentParser
import OrchCore

/// `orch agent budget`.
struct AgentBudget: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "budget",
        abstract: "Change what an agent may spend",
        discussion: """
            Budgets belong to the run: worked time, not time on the clock. `orch query budgets` shows them.

              orch agent budget iss-3 --budget 2h --tokens 500000
            """
    )

    @Argument(help: ArgumentHelp("The agent's name.", valueName: "name"), completion: .custom(Completions.agents))
    var name: String

    @Option(help: ArgumentHelp("Worked time in all.", valueName: "duration"), transform: Durations.parse)
    var budget: Int64?

    @Option(help: ArgumentHelp("Worked time between two check-ins.", valueName: "duration"), transform: Durations.parse)
    var checkin: Int64?

    @Option(help: ArgumentHelp("Tokens in all.", valueName: "count"))
    var tokens: Int?

    @OptionGroup var action: ActionOptions

    func validate() throws {
        if budget == nil, checkin == nil, tokens == nil {
            throw ValidationError("Give --budget, --checkin or --tokens.")
        }
        if let tokens, tokens < 1 { throw ValidationError("--tokens must be at least 1.") }
        if let least = [budget, checkin].compactMap({ $0 }).min(), least < 1 {
            throw ValidationError("--budget and --checkin must be longer than nothing.")
        }
    }

    func run(_ context: Context) async throws {
        let name = try AgentNames.existing(name)
        var payload: [String: JSONValue] = ["agent": .string(name)]
        if let budget { payload["budget_ms"] = .integer(budget) }
        if let checkin { payload["checkin_ms"] = .integer(checkin) }
        if let tokens { payload["tokens_max"] = .integer(Int64(tokens)) }
        try await action.perform("agent.budget", payload, context) { _ in "The budget of \(name) is changed." }
    }
}
