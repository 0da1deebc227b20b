import OrchCore

extension GitRepository {
    /// Where a branch is in use: checked out, or in the middle of a rebase or a bisection that goes back to it; nil when nowhere.
    ///
    /// Git does not ask this when a branch is changed by `update-ref`.
    func user(of branch: String) throws(WorkspaceError) -> String? {
        for (folder, path) in try [(gitDir, root)] + AdminEntry.all(in: gitDir).map({ ($0.folder, $0.path) }) {
            if try AdminEntry.branch(in: folder) == branch { return path }
            for name in ["rebase-merge/head-name", "rebase-apply/head-name", "BISECT_START"] {
                let held = try Files.line("\(folder)/\(name)")
                if held == "refs/heads/" + branch || held == branch { return path }
            }
        }
        return nil
    }
}
