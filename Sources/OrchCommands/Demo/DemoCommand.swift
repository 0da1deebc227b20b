import ArgumentParser

/// `orch demo`.
struct DemoCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Show the whole thing on a temporary repository, without an account",
        discussion: """
            Makes a git repository with four issues, starts a daemon with the real `codex app-server` and a scripted model on \
            loopback, and shows how the agents work, are sent back and finish. No account and no network are needed; codex and \
            git are. Everything that it starts ends with it.
            """
    )

    @Flag(help: "Keep the repository, and print where it is.")
    var keep = false

    @Option(help: ArgumentHelp("How fast the model works: fast, normal or slow.", valueName: "pace"))
    var pace: DemoPace = .normal

    @Option(
        help: ArgumentHelp("The codex program (default: the first one on the PATH).", valueName: "path"),
        completion: .file()
    )
    var codexPath: String?

    @Option(
        help: ArgumentHelp("Give up after this long (default: 3m).", valueName: "duration"),
        transform: Durations.parse
    )
    var limit: Int64 = 180_000

    func run(_ context: Context) async throws {
        try await DemoRun(keep: keep, pace: pace, codexPath: codexPath, limitMs: limit, context: context).run()
    }
}
