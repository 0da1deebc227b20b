extension GitRepository {
    /// Whether git leaves a path of the main worktree alone, whichever list of the user's says so.
    ///
    /// - Parameter path: from the repository's root; it need not be there, and a folder ends with a slash.
    /// - Returns: whether it is ignored.
    /// - Throws: `WorkspaceError` when git can't be asked.
    package func isIgnored(_ path: String) async throws(WorkspaceError) -> Bool {
        // The user's own list (core.excludesFile) counts for what the user sees, too.
        try await git.run(["check-ignore", "--quiet", "--", path], at: place, accepts: [0, 1], reach: .remote).exitCode
            == 0
    }
}
