import OrchCore

/// Runs the hooks of `WORKFLOW.md`: shell scripts of the repository, with an agent's environment and not the hub's (P-72).
package struct HookRunner: Sendable {
    /// How much of a hook's output is kept.
    package static let outputLimit = 64 << 10

    private let outer: [String: String]

    /// A runner.
    ///
    /// - Parameter environment: this process's environment, of which hooks get an allow-list.
    package init(environment: [String: String] = ProcessEnvironment.inherited) {
        outer = environment
    }

    /// Runs one script to its end.
    ///
    /// - Parameters:
    ///   - script: shell text, from the base branch's commit. Run by `bash` where there is one, else by `sh`, without profile files.
    ///   - folder: the worktree.
    ///   - variables: what the hub adds, such as `ORCH_ISSUE`.
    ///   - limit: how long it may take; then it and all that it started is ended.
    /// - Returns: how it ended. A script that fails is no error here.
    /// - Throws: `WorkspaceError` when it can't be started or the caller was cancelled.
    package func run(
        _ script: String,
        in folder: String,
        variables: [String: String] = [:],
        limit: Duration
    ) async throws(WorkspaceError) -> CommandOutcome {
        let environment = ProcessEnvironment.agent(from: outer, adding: variables)
        guard
            let shell = ExecutableSearch.find("bash", path: environment["PATH"])
                ?? ExecutableSearch.find("sh", path: environment["PATH"])
        else { throw WorkspaceError(.cannotStart, "there is no shell in PATH to run hooks with") }
        return CommandOutcome(
            try await ProcessRunner.run(
                ProcessRequest(
                    program: shell,
                    arguments: ["-c", script],
                    environment: environment,
                    directory: folder,
                    limit: limit,
                    outputLimit: Self.outputLimit,
                    mergesError: true
                )
            )
        )
    }
}
