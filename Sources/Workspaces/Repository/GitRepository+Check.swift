import OrchCore

extension GitRepository {
    /// Looks whether a worktree is still what the hub left there, before work goes on in it (P-09).
    ///
    /// Lock files that a killed git left there are removed, since the agent could not commit (P-37).
    ///
    /// - Parameters:
    ///   - path: the worktree.
    ///   - branch: the branch that it must be on.
    ///   - lastHead: the last commit that was seen there, which must be its commit or an ancestor of it; nil if none was.
    /// - Returns: the state; what is wrong is no error, but a reason in it.
    /// - Throws: `WorkspaceError` when git can't be asked, and with code `busy` while a git holds a lock there.
    package func check(path: String, branch: String, lastHead: String? = nil) async throws(WorkspaceError)
        -> WorkspaceState
    {
        let place: GitPlace
        let entry: AdminEntry
        do {
            guard Files.kind(path) != .missing else {
                return WorkspaceState(problem: "the worktree \(SafeText.line(path)) is gone")
            }
            (place, entry) = try await checkout(path)
        } catch {
            guard error.code == .notOurs || error.code == .refused else { throw error }
            return WorkspaceState(problem: error.message)
        }
        let shown = SafeText.line(path)
        let answer = try await git.run(
            ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"],
            at: place,
            accepts: [0, 1, 128]
        )
        guard answer.exitCode == 0 else {
            return WorkspaceState(problem: "the worktree \(shown) has no commit", branch: entry.branch)
        }
        var state = WorkspaceState(branch: entry.branch, head: answer.text)
        guard entry.branch == branch else {
            let found = entry.branch.map { "branch `\(SafeText.line($0))`" }
            state.problem =
                "the worktree \(shown) is on \(found ?? "no branch\(operation(in: entry))"), and not on `\(SafeText.line(branch))`"
            return state
        }
        try await gate.run { () async throws(WorkspaceError) in
            try self.clearStaleLocks(entry, branch: branch)
        }
        guard let lastHead, lastHead != answer.text else { return state }
        let descent = try await git.run(
            ["merge-base", "--is-ancestor", lastHead, answer.text],
            at: self.place,
            accepts: [0, 1, 128]
        )
        if descent.exitCode != 0 {
            state.problem =
                "the worktree \(shown) is at \(answer.text.prefix(12)), which does not come after \(SafeText.line(lastHead).prefix(12)), "
                + "the last commit that was seen there"
        }
        return state
    }

    /// What git is in the middle of.
    private func operation(in entry: AdminEntry) -> String {
        for (name, words) in [
            ("rebase-merge", "a rebase"), ("rebase-apply", "a rebase"), ("CHERRY_PICK_HEAD", "a cherry-pick"),
            ("BISECT_LOG", "a bisection"),
        ] where Files.kind("\(entry.folder)/\(name)") != .missing {
            return " (\(words) is under way)"
        }
        return ""
    }

    /// Looks at what git shows in a worktree.
    ///
    /// - Parameters:
    ///   - path: the worktree.
    ///   - baseCommit: where its work began; nil for where its branch left the main worktree's branch.
    /// - Returns: what there is, bounded.
    /// - Throws: `WorkspaceError` with code `notOurs` or `refused`, or when git can't be asked.
    package func inspect(path: String, baseCommit: String? = nil) async throws(WorkspaceError) -> WorkspaceSummary {
        let (place, entry) = try await checkout(path)
        let head = try await git.run(["rev-parse", "--verify", "HEAD^{commit}"], at: place).text
        let base: String
        if let baseCommit {
            base = baseCommit
        } else {
            let answer = try await git.run(["merge-base", head, "HEAD"], at: self.place, accepts: [0, 1])
            base = answer.exitCode == 0 ? answer.text : head
        }
        let ahead = try await git.run(["rev-list", "--count", "\(base)..\(head)", "--"], at: place).text
        let commits = try await git.run(
            [
                "log", "--max-count=\(WorkspaceSummary.commitLimit)", "--no-show-signature", "--no-decorate",
                "--format=%h %s",
                "--abbrev=10", "\(base)..\(head)", "--",
            ],
            at: place
        )
        let stat = try await git.run(
            ["diff"] + GitHardening.options(for: "diff")
                + ["--stat=100", "--stat-count=50", "--no-color", "--no-renames", base, head, "--"],
            at: place
        )
        let changed = try await changes(in: place)
        return WorkspaceSummary(
            branch: entry.branch,
            head: head,
            commitsAhead: Int(ahead) ?? 0,
            uncommitted: changed.prefix(WorkspaceSummary.fileLimit).map { SafeText.line(Clip.characters($0, 300)) },
            uncommittedCount: changed.count,
            diffStat: SafeText.block(stat.text),
            lastCommits: commits.text.split(separator: "\n").map { SafeText.line(Clip.characters($0, 200)) }
        )
    }

    /// Files that differ from the commit, without looking into nested repositories, whose settings are the agent's.
    func changes(in place: GitPlace) async throws(WorkspaceError) -> [String] {
        try await git.run(
            ["status", "--porcelain=v1", "-z", "--untracked-files=normal", "--no-renames", "--ignore-submodules=all"],
            at: place,
            outputLimit: 64 << 20
        ).records
    }
}
