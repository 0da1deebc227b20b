import ArgumentParser

/// What agents may spend.
struct AgentFlags: ParsableArguments {
    @Option(help: ArgumentHelp("How many agents work at once (default: 3).", valueName: "count"))
    var wip: Int?

    @Option(
        help: ArgumentHelp("Worked time between check-ins of an agent (default: 10m).", valueName: "duration"),
        transform: Durations.parse
    )
    var checkin: Int64?

    @Option(
        help: ArgumentHelp("Worked time of an agent in all (default: 45m).", valueName: "duration"),
        transform: Durations.parse
    )
    var budget: Int64?

    @Option(help: ArgumentHelp("Tokens of an agent in all (default: no limit).", valueName: "count"))
    var tokens: Int?

    func validate() throws {
        if let wip, !(0...1_000).contains(wip) { throw ValidationError("--wip must be between 0 and 1000.") }
        if let tokens, tokens < 1 { throw ValidationError("--tokens must be at least 1.") }
        if let checkin, checkin < 1_000 { throw ValidationError("--checkin must be at least 1s.") }
        if let budget, budget < 1_000 { throw ValidationError("--budget must be at least 1s.") }
    }
}
