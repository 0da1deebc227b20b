import ArgumentParser

/// Who decides, and how far it goes.
struct DecisionFlags: ParsableArguments {
    /// Whether decisions are executed.
    enum Autopilot: EnumerableFlag {
        case autopilotOn, autopilotOff

        static func help(for value: Autopilot) -> ArgumentHelp? {
            switch value {
            case .autopilotOn: "Execute the orchestrator's decisions."
            case .autopilotOff: "Record them as suppressed instead (the default of a new hub)."
            }
        }
    }

    @Flag(exclusivity: .exclusive)
    var autopilot: Autopilot?

    @Flag(
        inversion: .prefixedNo,
        exclusivity: .exclusive,
        help: "Let agents do anything on this machine; without it they are confined to their worktree."
    )
    var dangerous: Bool?

    @Flag(help: "No orchestrator conversation: agents run to completion by policy alone.")
    var noOrchestrator = false

    @Option(parsing: .unconditional, help: ArgumentHelp("A first message to the orchestrator.", valueName: "text"))
    var seed: String?

    /// The first message to the orchestrator, checked; nil when there is none.
    func message(_ context: Context) throws -> String? {
        guard let seed, !seed.allSatisfy(\.isWhitespace) else { return nil }
        return try TextChecks.body(Array(seed.utf8), name: "--seed", note: context.output.note)
    }
}
