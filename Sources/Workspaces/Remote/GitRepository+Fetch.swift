import OrchCore

extension GitRepository {
    /// Fetches one branch into `refs/remotes/REMOTE/BRANCH`, and nothing else: no tags, no submodules, no `FETCH_HEAD`, no other branch.
    ///
    /// A branch that was force-pushed is followed, and said to be `rewritten`. Killed at any point it may be called again: the commits come
    /// first, then the ref moves in one step.
    ///
    /// - Returns: the branch's commit, as its remote-tracking ref has it now.
    /// - Throws: `WorkspaceError` with code `noSuchRef` when the remote has no such branch (the ref from before stays), `noAccess`,
    ///   `unreachable`, or another one that may pass.
    package func fetchBase(
        remote: String,
        branch: String,
        limit: Duration = transferLimit
    ) async throws(WorkspaceError) -> FetchedBranch {
        let source = try await fullName(of: branch)
        let target = "refs/remotes/\(remote)/\(branch)"
        try await requireRemote(remote)
        return try await transfers.run { () async throws(WorkspaceError) -> FetchedBranch in
            let before = try await self.commit(of: target)
            try self.clearStaleLock(target)
            let answer = try await self.talk(
                [
                    "fetch", "--quiet", "--no-tags", "--no-prune", "--no-recurse-submodules", "--no-write-fetch-head",
                    "--no-auto-gc", "--refmap=", "--", remote, "+\(source):\(target)",
                ],
                limit: limit
            )
            if answer.exitCode != 0 {
                let error = RemoteWords.error("fetch `\(SafeText.line(branch))` from", remote, answer.error)
                // Whether the branch is gone is asked, and not read out of the words.
                guard error.code == .failed, try await self.remoteHead(remote, branch: branch) == nil else {
                    throw error
                }
                throw WorkspaceError(
                    .noSuchRef,
                    "the remote `\(SafeText.line(remote))` has no branch `\(SafeText.line(branch))`"
                        + (before == nil ? "" : " any more: it was deleted or renamed there")
                )
            }
            guard let commit = try await self.commit(of: target) else {
                throw WorkspaceError(.failed, "git fetched `\(SafeText.line(branch))`, but \(target) has no commit")
            }
            return FetchedBranch(
                commit: commit,
                previous: before,
                change: try await self.change(from: before, to: commit)
            )
        }
    }

    private func change(from before: String?, to commit: String) async throws(WorkspaceError) -> FetchedBranch.Change {
        guard let before else { return .first }
        if before == commit { return .none }
        return try await isAncestor(before, of: commit) ? .advanced : .rewritten
    }
}
