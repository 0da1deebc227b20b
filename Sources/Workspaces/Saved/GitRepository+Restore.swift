import OrchCore

extension GitRepository {
    /// Brings saved work back: its branch, and its uncommitted files in a worktree of their own (`orch undo`, I12).
    ///
    /// Nothing that exists is changed: a branch that is elsewhere by now stays, and one with `-restored` after its name is made. What was saved
    /// stays saved. May be called again: after a kill at any point it goes on, and a worktree that is ready is left as it is.
    ///
    /// - Parameters:
    ///   - ref: the saved ref in full.
    ///   - worktreesFolder: as for `prepare`.
    /// - Returns: what is where.
    /// - Throws: `WorkspaceError` with code `noSuchRef` when there is no such saved work; else as `prepare`.
    package func restore(_ ref: String, worktreesFolder: String = ".worktrees") async throws(WorkspaceError) -> Restored
    {
        try await gate.run { () async throws(WorkspaceError) -> Restored in
            guard let saved = try await self.savedWork(at: ref) else {
                throw WorkspaceError(
                    .noSuchRef,
                    "nothing is saved as `\(SafeText.line(Clip.characters(ref, 120)))`: `orch undo --list` shows what is"
                )
            }
            // Without a commit to begin from, the files themselves become the branch.
            guard let head = saved.head, saved.hasUncommitted else { return try await self.restoreBranch(saved) }
            return try await self.restoreFiles(saved, head: head, worktreesFolder: worktreesFolder)
        }
    }

    private func restoreBranch(_ saved: SavedWork) async throws(WorkspaceError) -> Restored {
        for name in branchNames(saved) {
            let known = try await branchHead(name)
            if let known {
                guard try await isAncestor(saved.commit, of: known) else { continue }
            } else {
                try await requireBranchName(name)
                try makeFolders(around: name)
                _ = try await git.run(
                    ["update-ref", "--no-deref", "-m", "orch: undo", "refs/heads/" + name, saved.commit, ""],
                    at: place
                )
            }
            return Restored(
                saved: saved,
                branch: name,
                madeBranch: known == nil,
                head: known ?? saved.commit,
                worktree: nil,
                uncommitted: 0,
                wasThere: false
            )
        }
        throw noNameLeft(saved)
    }

    private func restoreFiles(
        _ saved: SavedWork,
        head: String,
        worktreesFolder: String
    ) async throws(WorkspaceError) -> Restored {
        let name = "undo-\(saved.agent.map { $0 == "/" ? "-" : String($0) }.joined())-\(saved.time)"
        let marker = try WorkspaceMarker.read(name, in: gitDir)
        let known = [marker?.branch].compactMap { $0 }
        for branch in known + branchNames(saved) {
            let plan = try WorkspacePlan(name: name, branch: branch, folder: worktreesFolder, root: root)
            let isReady = marker?.state == .ready && marker?.isSetUp == true && marker?.path == plan.path
            if !isReady || Files.kind(plan.path) == .missing {
                if let tip = try await branchHead(branch), tip != head { continue }
                if let path = try user(of: branch), path != plan.path { continue }
            }
            let workspace = try await prepareNow(plan, baseRef: head)
            let place = try await checkout(workspace.path).place
            if workspace.needsSetUp {
                try await putFiles(of: saved, at: place)
                try steps.reached(.filesRestored)
                try setUpDoneNow(workspace)
            }
            return Restored(
                saved: saved,
                branch: branch,
                madeBranch: try WorkspaceMarker.read(name, in: gitDir)?.reusedBranch == false,
                head: workspace.head,
                worktree: workspace.path,
                uncommitted: try await changes(in: place).count,
                wasThere: !workspace.needsSetUp
            )
        }
        throw noNameLeft(saved)
    }

    /// Makes a worktree's files those of the saved commit, and its index what was staged.
    private func putFiles(of saved: SavedWork, at place: GitPlace) async throws(WorkspaceError) {
        _ = try await git.run(["read-tree", "--reset", "-u", saved.commit], at: place, limit: Git.writeLimit)
        // What was staged beside the files is the second parent; else nothing was.
        let staged = try await commit(of: saved.commit + "^2") ?? saved.head ?? saved.commit
        _ = try await git.run(["read-tree", staged], at: place, limit: Git.writeLimit)
        _ = try await git.run(["update-index", "-q", "--refresh"], at: place, limit: Git.writeLimit, accepts: [0, 1])
    }

    /// Names for the branch, the best one first.
    private func branchNames(_ saved: SavedWork) -> [String] {
        let name = saved.branch ?? "restored/\(saved.agent)-\(saved.time)"
        return [name, name + "-restored"] + (2...100).map { "\(name)-restored-\($0)" }
    }

    private func noNameLeft(_ saved: SavedWork) -> WorkspaceError {
        WorkspaceError(
            .branchElsewhere,
            "all names for the branch of \(saved.ref) are taken: `git branch NAME \(saved.head ?? saved.commit)` makes one"
        )
    }
}
