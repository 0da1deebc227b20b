import OrchCore

extension GitRepository {
    /// The git that can merge without a worktree.
    private static let mergesAside = GitVersion(major: 2, minor: 38, patch: 0)

    /// The files that would be in conflict if one commit were merged into another; empty when there are none.
    ///
    /// Nothing of a worktree, an index or a branch changes. Merge drivers of the user's settings run for the files that the main worktree's
    /// attributes name, as in a merge of the user's.
    ///
    /// - Returns: paths from the repository's root; nil when it can't be told: git is older than 2.38, a commit is not here, or the two have no
    ///   common history.
    /// - Throws: `WorkspaceError` when git can't be run.
    package func conflicts(head: String, base: String) async throws(WorkspaceError) -> [String]? {
        guard git.version >= Self.mergesAside, let head = try await commit(of: head),
            let base = try await commit(of: base)
        else { return nil }
        let answer = try await git.run(
            ["merge-tree", "--write-tree", "--name-only", "-z", "--no-messages", base, head],
            at: place,
            outputLimit: 16 << 20,
            accepts: Set(0...255)
        )
        // The first record is the tree; without it the code means that there was no merge.
        guard answer.exitCode <= 1, !answer.records.isEmpty else { return nil }
        return answer.exitCode == 0 ? [] : Array(answer.records.dropFirst())
    }

    /// Whether a commit is another's ancestor, or the same.
    ///
    /// - Throws: `WorkspaceError` with code `noSuchRef` when one of them is not here.
    package func isAncestor(_ ancestor: String, of commit: String) async throws(WorkspaceError) -> Bool {
        let (ancestor, commit) = try await (requireCommit(ancestor), requireCommit(commit))
        let answer = try await git.run(["merge-base", "--is-ancestor", ancestor, commit], at: place, accepts: [0, 1])
        return answer.exitCode == 0
    }

    /// How many commits one has that the other lacks: `base..head`.
    ///
    /// - Throws: `WorkspaceError` with code `noSuchRef` when one of them is not here.
    package func commitsBetween(base: String, head: String) async throws(WorkspaceError) -> Int {
        let (base, head) = try await (requireCommit(base), requireCommit(head))
        let answer = try await git.run(["rev-list", "--count", "\(base)..\(head)", "--"], at: place)
        guard let count = Int(answer.text) else {
            throw WorkspaceError(.failed, "git counts commits as `\(SafeText.line(Clip.characters(answer.text, 80)))`")
        }
        return count
    }

    private func requireCommit(_ ref: String) async throws(WorkspaceError) -> String {
        guard let commit = try await commit(of: ref) else {
            throw WorkspaceError(
                .noSuchRef,
                "there is no commit `\(SafeText.line(Clip.characters(ref, 80)))` in \(root)"
            )
        }
        return commit
    }
}
