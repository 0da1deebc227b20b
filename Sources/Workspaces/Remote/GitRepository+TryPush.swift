import OrchCore

extension GitRepository {
    /// Asks a remote whether it would let us push: begins as a push does, and sends nothing.
    ///
    /// The rules of a branch (protection, hooks) are looked at by the remote only when something really comes.
    ///
    /// - Throws: `WorkspaceError` with code `noAccess` when it does not let us push, `unreachable` or `timeout` when it can't be asked.
    package func tryPush(_ remote: String, limit: Duration = askLimit) async throws(WorkspaceError) {
        try await requireRemote(remote)
        let answer = try await talk(
            [
                "push", "--dry-run", "--no-verify", "--no-follow-tags", "--recurse-submodules=no", "--quiet", "--",
                remote,
                "HEAD:refs/heads/orch-doctor-only-asks",
            ],
            limit: limit
        )
        guard answer.exitCode == 0 else { throw RemoteWords.error("push to", remote, answer.error) }
    }

    /// Whether git has a program to ask for the user and the password of a URL.
    ///
    /// Without one a remote over https can be read if it is public, and never be pushed to.
    package func hasCredentialHelper(for url: String) async throws(WorkspaceError) -> Bool {
        let answer = try await git.run(
            ["config", "--get-urlmatch", "credential.helper", url],
            at: place,
            accepts: Set(0...255),
            reach: .remote
        )
        return answer.exitCode == 0 && !answer.text.isEmpty
    }
}
