import OrchCore

extension GitRepository {
    /// Where a branch is in use: checked out, or in the middle of a rebase or a bisection that goes back to it; nil when nowhere.
    ///
    /// Git does not ask this when a branch is changed by `update-ref`.
    func user(of branch: String) throws(WorkspaceError) -> String? {
        if try AdminEntry.branch(in: gitDir) == branch || isHeld(branch, in: gitDir) { return root }
        return AdminEntry.all(in: gitDir).first { $0.branch == branch || isHeld(branch, in: $0.folder) }?.path
    }

    private func isHeld(_ branch: String, in folder: String) -> Bool {
        ["rebase-merge/head-name", "rebase-apply/head-name", "BISECT_START"].contains { name in
            // What can't be read holds nothing: git would not go on from it either, and an agent can put anything there.
            let held = try? Files.line("\(folder)/\(name)")
            return held == "refs/heads/" + branch || held == branch
        }
    }
}
