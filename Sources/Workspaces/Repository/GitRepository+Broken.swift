extension GitRepository {
    /// The branches that git can't read, by their full names: files in `refs/heads` that name no commit.
    ///
    /// An agent can leave one among its branches, and then `git log --all`, `git push` and `git gc` fail in the whole repository.
    ///
    /// - Throws: `WorkspaceError` when git can't be asked.
    package func brokenBranches() async throws(WorkspaceError) -> [String] {
        let answer = try await git.run(
            ["for-each-ref", "--format=%(objecttype)", "refs/heads"],
            at: place,
            accepts: [0, 128]
        )
        return answer.error.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            // "warning: ignoring broken ref NAME" and, for the first whose object is missing, "fatal: missing object ID for NAME"
            guard line.hasPrefix("warning: ignoring broken ref ") || line.hasPrefix("fatal: missing object ") else {
                return nil
            }
            return words.last.map(String.init)
        }
    }
}
