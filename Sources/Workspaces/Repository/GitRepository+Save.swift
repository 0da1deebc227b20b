import OrchCore

extension GitRepository {
    /// Saves what is uncommitted, untracked files included, and what is committed but in no other place, to `refs/orch/saved/…` (P-34).
    ///
    /// The worktree and its index stay as they are. Ignored files are not saved. Called twice with the same time, it saves once.
    ///
    /// - Parameters:
    ///   - path: the worktree.
    ///   - agent: whose work it is: a part of the name.
    ///   - timestampMs: when, in milliseconds since 1970: a part of the name.
    ///   - base: a commit or branch whose commits need no saving; those of remotes need none either.
    /// - Returns: what was saved; nil if there was nothing to save.
    /// - Throws: `WorkspaceError` with code `notOurs` or `refused`, or when git can't do it.
    package func save(
        path: String,
        agent: String,
        timestampMs: Int64,
        base: String? = nil
    ) async throws(WorkspaceError) -> SavedWork? {
        try await gate.run { () async throws(WorkspaceError) -> SavedWork? in
            try await self.saveNow(path: path, agent: agent, timestampMs: timestampMs, base: base)
        }
    }

    /// As `save`, for callers that are alone already.
    func saveNow(path: String, agent: String, timestampMs: Int64, base: String?) async throws(WorkspaceError)
        -> SavedWork?
    {
        _ = try await savedRef(agent: agent, timestampMs: timestampMs)
        let (place, entry) = try await checkout(path)
        let index = try copyIndex(of: entry, timestampMs: timestampMs)
        defer { dropDrafts() }
        let draft = ["GIT_INDEX_FILE": index]
        let head = try await tree(of: "HEAD", at: place)
        // Conflicts have no tree: then what is staged is only what is in the files.
        let staged = try await git.run(["write-tree"], at: place, adding: draft, accepts: [0, 128])
        let nested = try await git.run(["ls-files", "--stage", "-z"], at: place, adding: draft, outputLimit: 512 << 20)
            .records
            .filter { $0.hasPrefix("160000 ") }.compactMap {
                $0.split(separator: "\t", maxSplits: 1).last.map(String.init)
            }
        // Nested repositories are kept out: git would run in them, with their settings, to see whether they changed.
        let added = try await git.run(
            ["-c", "core.splitIndex=false", "add", "--all", "--ignore-errors", "--", "."]
                + nested.map { ":(exclude,literal)" + $0 },
            at: place,
            adding: draft,
            limit: Git.writeLimit,
            accepts: [0, 1]
        )
        let tree = try await git.run(["write-tree"], at: place, adding: draft).text
        var commit = head?.commit
        if tree != head?.tree {
            var parents = [head?.commit].compactMap { $0 }
            if staged.exitCode == 0, staged.text != head?.tree, staged.text != tree {
                parents.append(
                    try await makeCommit(
                        staged.text,
                        parents,
                        "orch: what \(agent) had staged",
                        timestampMs: timestampMs
                    )
                )
            }
            commit = try await makeCommit(tree, parents, "orch: uncommitted work of \(agent)", timestampMs: timestampMs)
        } else if let known = commit {
            let only = try await git.run(
                ["rev-list", "--max-count=1", known, "--not", "--remotes"] + [base].compactMap { $0 } + ["--"],
                at: self.place
            ).text
            if only.isEmpty { return nil }
        }
        guard let commit else { return nil }
        let label = SavedLabel(
            branch: entry.branch,
            head: head?.commit,
            nested: nested.filter { !Files.names(in: "\(path)/\($0)").isEmpty },
            isComplete: added.exitCode == 0
        )
        return try await keep(commit, label, agent: agent, timestampMs: timestampMs)
    }

    private func tree(of ref: String, at place: GitPlace) async throws(WorkspaceError) -> (
        commit: String, tree: String
    )? {
        let answer = try await git.run(
            ["rev-parse", "\(ref)^{commit}", "\(ref)^{tree}"],
            at: place,
            accepts: [0, 128]
        )
        let lines = answer.text.split(separator: "\n").map(String.init)
        return answer.exitCode == 0 && lines.count == 2 ? (lines[0], lines[1]) : nil
    }

    /// The same tree, parents and time make the same commit, so that a repetition makes nothing new.
    private func makeCommit(
        _ tree: String,
        _ parents: [String],
        _ message: String,
        timestampMs: Int64
    ) async throws(WorkspaceError) -> String {
        let date = "@\(timestampMs / 1_000) +0000"
        return try await git.run(
            ["commit-tree", tree] + parents.flatMap { ["-p", $0] } + ["-m", message],
            at: place,
            adding: [
                "GIT_AUTHOR_NAME": "orch", "GIT_AUTHOR_EMAIL": "orch@localhost", "GIT_AUTHOR_DATE": date,
                "GIT_COMMITTER_NAME": "orch", "GIT_COMMITTER_EMAIL": "orch@localhost", "GIT_COMMITTER_DATE": date,
            ]
        ).text
    }

    /// A copy of the index for us to change; where there is none, git begins an empty one.
    private func copyIndex(of entry: AdminEntry, timestampMs: Int64) throws(WorkspaceError) -> String {
        dropDrafts()
        try Files.makeFolders(draftFolder)
        let copy = "\(draftFolder)/index-\(timestampMs)"
        if let bytes = try Files.read(entry.folder + "/index", limit: 1 << 30) { try Files.replace(copy, with: bytes) }
        return copy
    }
}
