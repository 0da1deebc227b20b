import OrchCore

extension GitRepository {
    /// The branch that agents begin from: the configured one, else the one that the main worktree is on.
    ///
    /// - Throws: `WorkspaceError` with code `noSuchRef`.
    package func defaultBranch(configured: String? = nil) async throws(WorkspaceError) -> String {
        if let configured {
            guard try await branchHead(configured) != nil else {
                throw WorkspaceError(
                    .noSuchRef,
                    "there is no local branch `\(SafeText.line(configured))` to begin from: make it, or change the base branch setting"
                )
            }
            return configured
        }
        guard let branch = try AdminEntry.branch(in: gitDir) else {
            throw WorkspaceError(
                .noSuchRef,
                "the main worktree \(root) is on no branch (detached HEAD): check one out, or set the base branch"
            )
        }
        return branch
    }

    /// The commit that a branch, tag or id means; nil if there is none.
    package func commit(of ref: String) async throws(WorkspaceError) -> String? {
        // A name that begins like an option would be taken for one.
        guard !ref.isEmpty, !ref.hasPrefix("-") else { return nil }
        let answer = try await git.run(
            ["rev-parse", "--verify", "--quiet", ref + "^{commit}"],
            at: place,
            accepts: [0, 1, 128]
        )
        return answer.exitCode == 0 ? answer.text : nil
    }

    /// The commit that a branch means, and nothing else of that name; nil if there is no such branch.
    func branchHead(_ branch: String) async throws(WorkspaceError) -> String? {
        try await commit(of: "refs/heads/" + branch)
    }

    /// The text of a file as a commit has it: never as a worktree has it, which an agent can write (P-72).
    ///
    /// - Parameters:
    ///   - path: from the repository's root, with slashes.
    ///   - ref: a branch, tag or id.
    ///   - limit: the most bytes.
    /// - Returns: the text; nil if the commit has no such file.
    /// - Throws: `WorkspaceError` with code `noSuchRef`, `refused` for a folder or a link, or `outputTooLarge`.
    package func show(_ path: String, at ref: String, limit: Int = 1 << 20) async throws(WorkspaceError) -> String? {
        guard let commit = try await commit(of: ref) else {
            throw WorkspaceError(.noSuchRef, "there is no commit `\(SafeText.line(ref))`")
        }
        let listed = try await git.run(
            ["ls-tree", "-z", "--full-tree", commit, "--", path],
            at: place,
            adding: ["GIT_LITERAL_PATHSPECS": "1"]
        )
        guard let record = listed.records.first else { return nil }
        let words = record.split(whereSeparator: { $0 == " " || $0 == "\t" }).prefix(3)
        guard words.count == 3, words[1] == "blob", words[0] != "120000" else {
            throw WorkspaceError(.refused, "\(SafeText.line(path)) in \(SafeText.line(ref)) is no regular file")
        }
        let blob = try await git.run(["cat-file", "blob", String(words[2])], at: place, outputLimit: limit)
        return SafeText.utf8(blob.bytes)
    }
}
