import ArgumentParser
import OrchCore
import OrchStore

/// What all commands that change something have in common.
struct ActionOptions: ParsableArguments {
    @OptionGroup var place: PlaceOptions

    @Option(
        help: ArgumentHelp(
            "How long to wait for the daemon's answer; 0s: not at all (default: 30s).",
            valueName: "duration"
        ),
        transform: Durations.parse
    )
    var wait: Int64 = 30_000

    @Flag(help: "Print the hub's answer as JSON.")
    var json = false

    /// Has the hub do it; its answer, or nil when it waits for a daemon to start (a note says so).
    func perform(_ kind: String, _ payload: [String: JSONValue], _ context: Context) async throws -> JSONValue? {
        let folder = try place.folder(context)
        try NamedThings.check(kind, payload, Store.open(folder, role: .readOnly, nowMs: context.nowMs()))
        return try await perform(kind, payload, in: folder, context)
    }

    /// Tells of an issue's blockers that no time will take away.
    func tellOfBlockers(_ number: Int, in folder: OrchFolder, _ context: Context) throws {
        let problems = try BlockerProblems.read(Store.open(folder, role: .readOnly, nowMs: context.nowMs()))
        for text in problems.of(number).words { context.output.note("Note: \(text).") }
    }

    /// The same in a folder that may not be there yet: the hub makes it.
    func perform(
        _ kind: String,
        _ payload: [String: JSONValue],
        in folder: OrchFolder,
        _ context: Context
    ) async throws -> JSONValue? {
        let hub = HubGateway(folder: folder, environment: context.environment, output: context.output)
        return try await hub.perform(kind, .object(payload), limit: .milliseconds(wait))
    }

    /// Has the hub do it, prints its answer where JSON is wanted, and else says `done` beside the data.
    func perform(
        _ kind: String,
        _ payload: [String: JSONValue],
        _ context: Context,
        done: (JSONValue) -> String
    ) async throws {
        guard let answer = try await perform(kind, payload, context) else { return }
        if json { try context.output.json(answer) } else { context.output.note(done(answer)) }
    }
}
