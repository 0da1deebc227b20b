import OrchCore

/// Runs the git and gh commands that the orchestrator asks for with `exec`.
///
/// Which commands those may be, `ExecPolicy` decides before. Here they are run: never through a shell, with nothing of the caller's
/// environment but the allow-list, pinned to the worktree's own repository, and with git's settings that run programs switched off.
package struct ExecRunner: Sendable {
    /// How much of the output is kept.
    package static let outputLimit = 256 << 10

    private let repository: GitRepository
    private let outer: [String: String]

    /// A runner for one repository.
    ///
    /// - Parameters:
    ///   - repository: where commands may run: its main worktree and its linked ones.
    ///   - environment: this process's environment, of which commands get an allow-list.
    package init(repository: GitRepository, environment: [String: String] = ProcessEnvironment.inherited) {
        self.repository = repository
        outer = environment
    }

    /// Runs one command to its end.
    ///
    /// - Parameters:
    ///   - argv: `git` or `gh`, and its arguments.
    ///   - folder: a folder in the main worktree or a linked one.
    ///   - limit: how long it may take.
    /// - Returns: how it ended; an exit code other than 0 is no error here.
    /// - Throws: `WorkspaceError` with code `refused` for what is never run, `notOurs` for a folder elsewhere, `cannotStart`, or `cancelled`.
    package func run(_ argv: [String], in folder: String, limit: Duration) async throws(WorkspaceError)
        -> CommandOutcome
    {
        guard let name = argv.first, name == "git" || name == "gh" else {
            throw WorkspaceError(
                .refused,
                "only git and gh are run, and not `\(SafeText.line(Clip.characters(argv.first ?? "", 60)))`"
            )
        }
        let environment = name == "git" ? ProcessEnvironment.git(from: outer) : ProcessEnvironment.gh(from: outer)
        guard let program = ExecutableSearch.find(name, path: environment["PATH"]) else {
            throw WorkspaceError(.cannotStart, "there is no \(name) in PATH")
        }
        var arguments = Array(argv.dropFirst())
        if name == "git" { arguments = try Self.hardened(arguments) }
        let place = try await repository.place(around: folder)
        return CommandOutcome(
            try await ProcessRunner.run(
                ProcessRequest(
                    program: program,
                    arguments: arguments,
                    environment: environment.merging(place.variables) { _, new in new }.merging(GitHardening.variables)
                    { _, new in new },
                    directory: place.folder,
                    limit: limit,
                    outputLimit: Self.outputLimit,
                    mergesError: true
                )
            )
        )
    }

    /// The arguments of git with our settings before them and our options after the subcommand's name.
    static func hardened(_ arguments: [String]) throws(WorkspaceError) -> [String] {
        guard let subcommand = arguments.first, !subcommand.hasPrefix("-") else {
            throw WorkspaceError(.refused, "`git` must be followed by a subcommand, not by an option")
        }
        let rest = arguments.dropFirst()
        let options = rest.prefix { $0 != "--" }
        // Options may be shortened: --ext, --textc.
        let bad = options.first {
            $0 != "--text" && ($0.hasPrefix("--ext") || $0.hasPrefix("--text") || $0.hasPrefix("--ignore-submodules"))
        }
        if let bad {
            throw WorkspaceError(
                .refused,
                "`\(SafeText.line(Clip.characters(bad, 60)))` could make git run other programs"
            )
        }
        return GitHardening.options + [subcommand] + GitHardening.options(for: subcommand) + rest
    }
}
