import OrchCore

/// What became of a branch that was no longer needed.
package enum Retirement: Sendable, Hashable {
    /// It was saved and deleted, now or by an earlier try.
    case retired(SavedWork)
    /// It is still there, for this reason.
    case kept(String)
    /// It was not there.
    case gone
}

extension GitRepository {
    /// Deletes a local branch that has served its purpose, if it is still at the commit that is known to be merged (I12).
    ///
    /// Saved first, so that `restore` brings it back. A branch that moved on or is checked out anywhere stays. May be called again after a
    /// kill at any point, with the same time.
    ///
    /// - Parameters:
    ///   - branch: the branch.
    ///   - commit: the full id of the commit that it must be at.
    ///   - agent: whose work it was.
    ///   - timestampMs: when, in milliseconds since 1970.
    /// - Returns: what became of it.
    /// - Throws: `WorkspaceError` when git can't do it; then it is still there, or saved.
    package func retire(
        branch: String,
        expecting commit: String,
        agent: String,
        timestampMs: Int64
    ) async throws(WorkspaceError) -> Retirement {
        let ref = try await fullName(of: branch)
        let shown = SafeText.line(branch)
        return try await gate.run { () async throws(WorkspaceError) -> Retirement in
            guard let head = try await self.branchHead(branch) else {
                let saved = try await self.savedWorkNow(of: agent).first { $0.branch == branch && $0.commit == commit }
                return saved.map { .retired($0) } ?? .gone
            }
            guard head == commit else {
                return .kept("the branch `\(shown)` is at \(head.prefix(12)) now, and not at \(commit.prefix(12))")
            }
            // An agent can write its branch's file: one that only names another branch must not have that one deleted.
            guard
                try await self.git.run(["symbolic-ref", "--quiet", ref], at: self.place, accepts: [0, 1]).exitCode == 1
            else { return .kept("the branch `\(shown)` only names another branch (a symbolic ref)") }
            if let path = try self.user(of: branch) {
                return .kept("the branch `\(shown)` is checked out in \(SafeText.line(path))")
            }
            let label = SavedLabel(branch: branch, head: commit, nested: [], isComplete: true)
            let saved = try await self.keep(commit, label, agent: agent, timestampMs: timestampMs)
            try self.steps.reached(.branchSaved)
            try self.clearStaleLock(ref)
            // The old value makes git look once more: a commit that came meanwhile keeps the branch.
            let answer = try await self.git.run(
                ["update-ref", "--no-deref", "-m", "orch: merged", "-d", ref, commit],
                at: self.place,
                accepts: [0, 1, 128]
            )
            // Git removes folders that are empty now, and sandboxes of other agents open them by name.
            try self.makeFolders(around: branch)
            guard answer.exitCode == 0 else {
                let now = try await self.branchHead(branch)
                if let now, now != commit { return .kept("the branch `\(shown)` has just moved to \(now.prefix(12))") }
                throw WorkspaceError(.failed, "can't delete the branch `\(shown)`: \(RemoteWords.line(answer.error))")
            }
            try self.steps.reached(.branchDeleted)
            return .retired(saved)
        }
    }
}
