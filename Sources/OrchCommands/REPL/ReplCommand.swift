import ArgumentParser
import OrchStore

/// `orch repl`.
struct ReplCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "repl",
        abstract: "Talk to the orchestrator, and give all commands at one prompt",
        discussion: """
            A line is a message to the orchestrator; one that begins with a colon is a command of orch without the word orch: \
            :status, :explain 3, :query turns --agent iss-3. Some are shorter: :send NAME TEXT, :tail NAME, :recent; :help lists \
            them. What happens meanwhile is shown between the lines. :quit, or Ctrl-D, ends it, and nothing else does: agents \
            and the daemon go on.

            Plain `orch` on a terminal, in a repository that has a hub, starts it too. Lines may come from a pipe or a file: \
            then the exit code says whether all of them were done.

              orch repl --script session.txt
            """
    )

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("A file with the lines, instead of standard input.", valueName: "path"),
        completion: .file()
    )
    var script: String?

    @OptionGroup var place: PlaceOptions

    func run(_ context: Context) async throws {
        var context = context
        let folder = try place.folder(context)
        if let script {
            guard let bytes = try FileBytes.read(path: context.absolute(script), limit: TextChecks.bodyLimit) else {
                throw TextChecks.tooLong(script)
            }
            context.input = MemoryInput(bytes)
        }
        // The commands look for the repository from here on.
        context.directory = place.start(context)
        try await Repl(folder: folder, context: context).run()
    }
}
