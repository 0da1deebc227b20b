import OrchCore

extension GitRepository {
    /// How long a remote has to answer a question.
    package static let askLimit: Duration = .seconds(60)
    /// How long commits may take to come or to go.
    package static let transferLimit: Duration = .seconds(300)

    /// Runs one command that talks to a remote, as the user: with the user's settings, in the main repository, and asking nobody.
    ///
    /// No agent can write what git reads there. Nothing waits for it but what is about remotes.
    ///
    /// - Returns: what git answered, whatever its exit code.
    /// - Throws: `WorkspaceError` with code `timeout`, `cancelled` or `cannotStart`.
    func talk(
        _ arguments: [String],
        limit: Duration,
        reach: GitReach = .remote
    ) async throws(WorkspaceError) -> GitOutput {
        try await git.run(
            arguments,
            at: place,
            adding: sshVariables(),
            limit: limit,
            accepts: Set(0...255),
            reach: reach
        )
    }

    /// Has ssh fail where it would ask, unless the user says how ssh is run: then without a terminal it can't ask either.
    private func sshVariables() async throws(WorkspaceError) -> [String: String] {
        let known = git.remoteEnvironment
        guard known["GIT_SSH_COMMAND"] == nil, known["GIT_SSH"] == nil else { return [:] }
        let configured = try await git.run(
            ["config", "--get", "core.sshCommand"],
            at: place,
            accepts: [0, 1],
            reach: .remote
        )
        return configured.text.isEmpty ? ["GIT_SSH_COMMAND": "ssh -o BatchMode=yes"] : [:]
    }

    /// Checks a branch's name by git's own rules.
    ///
    /// - Returns: the branch's full name.
    /// - Throws: `WorkspaceError` with code `badName`.
    func fullName(of branch: String) async throws(WorkspaceError) -> String {
        let ref = "refs/heads/" + branch
        guard try await git.run(["check-ref-format", ref], at: place, accepts: [0, 1]).exitCode == 0 else {
            throw WorkspaceError(
                .badName,
                "`\(SafeText.line(Clip.characters(branch, 80)))` is no branch name that git takes"
            )
        }
        return ref
    }
}
