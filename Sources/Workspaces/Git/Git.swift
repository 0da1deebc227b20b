import OrchCore

/// The git program of this machine: runs one command at a time for whoever asks, hardened and bounded.
struct Git: Sendable {
    /// How long a command that reads may take.
    static let readLimit: Duration = .seconds(60)
    /// How long a command that writes files may take: large repositories have slow disks.
    static let writeLimit: Duration = .seconds(600)

    /// The file of the program.
    var program: String
    var version: GitVersion
    /// The environment of each command, without the variables of its place.
    var environment: [String: String]
    /// The environment of commands that talk to remotes.
    var remoteEnvironment: [String: String]

    /// Finds git and asks its version.
    ///
    /// - Parameter outer: the environment of this process: `PATH` says where git is, `HOME` where the user's settings are.
    /// - Returns: the program.
    /// - Throws: `WorkspaceError` with code `gitMissing` or `gitTooOld`.
    static func find(in outer: [String: String]) async throws(WorkspaceError) -> Git {
        guard let program = ExecutableSearch.find("git", path: outer["PATH"]) else {
            throw WorkspaceError(.gitMissing, "there is no git in PATH: install it (on Debian: `apt install git`)")
        }
        let environment = ProcessEnvironment.git(from: outer)
        let answer = try await ProcessRunner.run(
            ProcessRequest(
                program: program,
                arguments: ["--version"],
                environment: environment,
                directory: "/",
                limit: readLimit
            )
        )
        guard answer.status == .exited(0), let version = GitVersion(parsing: answer.output.text) else {
            let said = SafeText.line(Clip.characters(answer.output.text + answer.error.text, 120))
            throw WorkspaceError(
                .gitMissing,
                "\(program) does not tell its version (it says: \(said)): install a working git"
            )
        }
        guard version >= .oldest else {
            throw WorkspaceError(
                .gitTooOld,
                "\(program) is git \(version); orch needs \(GitVersion.oldest) or newer: upgrade it"
            )
        }
        return Git(
            program: program,
            version: version,
            environment: environment,
            remoteEnvironment: ProcessEnvironment.gitRemote(from: outer)
        )
    }

    /// Runs one command.
    ///
    /// - Parameters:
    ///   - arguments: the subcommand and its arguments.
    ///   - place: where.
    ///   - added: variables beside those of the place.
    ///   - limit: how long it may take.
    ///   - outputLimit: how much it may write; more is an error, since a part would be misread.
    ///   - accepts: exit codes that are answers.
    ///   - reach: how far it may go with the user's settings.
    /// - Returns: what it answered.
    /// - Throws: `WorkspaceError`, with code `failed` and git's own words for another exit code.
    func run(
        _ arguments: [String],
        at place: GitPlace,
        adding added: [String: String] = [:],
        limit: Duration = readLimit,
        outputLimit: Int = 1 << 20,
        accepts: Set<Int> = [0],
        reach: GitReach = .local
    ) async throws(WorkspaceError) -> GitOutput {
        let answer = try await ProcessRunner.run(
            ProcessRequest(
                program: program,
                arguments: reach.options + arguments,
                environment: (reach == .local ? environment : remoteEnvironment)
                    .merging(place.variables) { _, new in new }.merging(added) { _, new in new },
                directory: place.folder,
                limit: limit,
                outputLimit: outputLimit
            )
        )
        let what =
            "`git \(SafeText.line(Clip.characters(arguments.joined(separator: " "), 120)))` in \(SafeText.line(place.folder))"
        guard answer.status != .timedOut else {
            throw WorkspaceError(.timeout, "\(what) took longer than \(limit.components.seconds) s and was ended")
        }
        guard !answer.output.isCut else {
            throw WorkspaceError(.outputTooLarge, "\(what) wrote more than \(outputLimit) bytes")
        }
        guard accepts.contains(answer.exitCode) else {
            let words = SafeText.line(Clip.characters(answer.error.text.trimmedLines, 600))
            throw WorkspaceError(
                .failed,
                "\(what) failed with code \(answer.exitCode)\(words.isEmpty ? "" : ": " + words)"
            )
        }
        return GitOutput(exitCode: answer.exitCode, bytes: answer.output.bytes, error: answer.error.text)
    }
}

extension String {
    /// Without white space and line ends around it.
    var trimmedLines: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
