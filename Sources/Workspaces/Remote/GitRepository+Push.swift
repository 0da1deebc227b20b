import OrchCore

extension GitRepository {
    /// Pushes exactly one commit to one branch of a remote, never by force (I12), and nothing else: no tags, no submodules.
    ///
    /// The branch is made when it is not there. Called again after a kill at any point it goes on: what is there already is `upToDate`.
    ///
    /// - Parameters:
    ///   - branch: its name at the remote.
    ///   - remote: the remote's name.
    ///   - commit: the commit's full id.
    ///   - hooks: which of the user's hooks run; see there.
    ///   - limit: how long it may take.
    /// - Returns: how it ended.
    /// - Throws: `WorkspaceError` that may pass when the end is not known (ask `remoteHead`); `noSuchRef` for a commit or remote that is not
    ///   here, `badName` for a branch.
    package func push(
        branch: String,
        remote: String,
        commit: String,
        hooks: PushHooks = .none,
        limit: Duration = transferLimit
    ) async throws(WorkspaceError) -> PushOutcome {
        let ref = try await fullName(of: branch)
        try await requireRemote(remote)
        guard try await self.commit(of: commit) == commit else {
            throw WorkspaceError(
                .noSuchRef,
                "there is no commit `\(SafeText.line(Clip.characters(commit, 80)))` to push: name it by its full id"
            )
        }
        return try await transfers.run { () async throws(WorkspaceError) -> PushOutcome in
            let answer = try await self.talk(
                ["push", "--porcelain", "--no-progress", "--no-force", "--no-follow-tags", "--no-recurse-submodules"]
                    + (hooks == .none ? ["--no-verify"] : []) + ["--", remote, "\(commit):\(ref)"],
                limit: limit,
                reach: hooks == .none ? .remote : .remoteWithHooks
            )
            return try self.outcome(of: answer, ref: ref, branch: branch, remote: remote, hooks: hooks)
        }
    }

    private func outcome(
        of answer: GitOutput,
        ref: String,
        branch: String,
        remote: String,
        hooks: PushHooks
    ) throws(WorkspaceError) -> PushOutcome {
        let error = RemoteWords.error("push `\(SafeText.line(branch))` to", remote, answer.error)
        switch PushReport(answer.text, ref: ref).worst {
        case .pushed where answer.exitCode == 0: return .pushed
        case .upToDate where answer.exitCode == 0: return .upToDate
        case .refusedHere(let reason):
            let message = "the remote's branch has commits that are not in ours (\(SafeText.line(reason)))"
            let kind = PushOutcome.Rejection(here: reason)
            return .rejected(kind, message: kind == .nonFastForward ? message : SafeText.line(reason))
        case .refusedThere(let reason):
            let said = RemoteWords.ofRemote(answer.error)
            guard let kind = PushOutcome.Rejection(there: reason, said: said) else { throw error }
            return .rejected(kind, message: RemoteWords.line(said.isEmpty ? reason : "\(reason): \(said)"))
        case nil where error.code == .noAccess:
            return .rejected(.noPermission, message: error.message)
        case nil where hooks == .user && error.code == .failed && answer.exitCode == 1:
            // Nothing was reported and nothing is wrong with the remote: git stops so only before it pushes.
            return .rejected(
                .hookDeclined,
                message: "the repository's own pre-push hook refuses it: \(RemoteWords.line(answer.error))"
            )
        case .pushed, .upToDate, .unknown, nil:
            throw error
        }
    }
}
