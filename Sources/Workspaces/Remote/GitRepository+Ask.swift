import OrchCore

extension GitRepository {
    /// The branch that a remote calls its default one, asked there.
    ///
    /// - Throws: `WorkspaceError` with code `noSuchRef` when it names none: it is empty, its `HEAD` is detached, or the branch was deleted;
    ///   `noAccess` or `unreachable` when it can't be asked.
    package func remoteDefaultBranch(_ remote: String, limit: Duration = askLimit) async throws(WorkspaceError)
        -> String
    {
        let lines = try await ask(remote, ["--symref"], "HEAD", limit: limit)
        for line in lines where line.hasSuffix("\tHEAD") && line.hasPrefix("ref: refs/heads/") {
            return String(line.dropFirst(16).dropLast(5))
        }
        throw WorkspaceError(
            .noSuchRef,
            "the remote `\(SafeText.line(remote))` names no default branch (is it empty, or was the branch deleted?): push one, or set the base branch"
        )
    }

    /// The commit that a branch has at a remote now, asked there; nil when there is no such branch.
    ///
    /// After a push that ended in an error this tells whether it was done.
    ///
    /// - Throws: `WorkspaceError` with code `noAccess` or `unreachable` when it can't be asked.
    package func remoteHead(_ remote: String, branch: String, limit: Duration = askLimit) async throws(WorkspaceError)
        -> String?
    {
        let ref = try await fullName(of: branch)
        let lines = try await ask(remote, ["--refs"], ref, limit: limit)
        // Git matches the end of names: `refs/heads/x/refs/heads/main` would be listed too.
        return lines.first { $0.hasSuffix("\t" + ref) }.map { String($0.prefix { $0 != "\t" }) }
    }

    private func ask(_ remote: String, _ options: [String], _ ref: String, limit: Duration)
        async throws(WorkspaceError) -> [String]
    {
        try await requireRemote(remote)
        let answer = try await talk(["ls-remote", "--quiet"] + options + ["--", remote, ref], limit: limit)
        guard answer.exitCode == 0 else { throw RemoteWords.error("ask", remote, answer.error) }
        return answer.text.split(separator: "\n").map(String.init)
    }
}
