import ArgumentParser

/// Which Codex is used, and how it is spoken to.
struct CodexFlags: ParsableArguments {
    /// How the app-server is reached.
    enum Mode: String, Sendable, CaseIterable, ExpressibleByArgument {
        case socket, stdio
    }

    @Option(
        help: ArgumentHelp("The codex program (default: the first one on the PATH).", valueName: "path"),
        completion: .file()
    )
    var codexPath: String?

    @Option(help: ArgumentHelp("The model (default: that of your Codex settings).", valueName: "name"))
    var model: String?

    @Option(
        help: ArgumentHelp(
            "socket: a detached app-server that outlives the daemon; stdio: a child (default: socket).",
            valueName: "socket|stdio"
        )
    )
    var appServer: Mode?
}
