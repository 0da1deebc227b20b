import CodexAppServer
import OrchCore
import Workspaces

extension Effect.ThreadSetup {
    /// The policy for codex, with the folders that it needs.
    ///
    /// - Parameters:
    ///   - repository: who knows where the worktree's folders are.
    ///   - branchPrefix: as in the settings, with the slash at its end.
    /// - Returns: the policy.
    /// - Throws: `WorkspaceError` when the worktree is none any more, or a folder is not what the sandbox should open.
    func policy(in repository: GitRepository, branchPrefix: String) throws(WorkspaceError) -> HubThreadPolicy {
        var git: GitFolders?
        if let worktree {
            guard cwd == worktree else {
                throw WorkspaceError(
                    .notOurs,
                    "its conversation works in \(SafeText.line(cwd)), and not in its worktree \(SafeText.line(worktree))"
                )
            }
            let folders = try repository.agentFolders(worktree: worktree)
            git = GitFolders(common: repository.gitDir, own: folders.gitDir, temporary: folders.temporary)
        }
        let policy = HubThreadPolicy(
            folder: cwd,
            git: git,
            isDangerous: dangerous,
            model: model,
            instructions: instructions,
            tools: hasTools ? ControlTools.definitions : nil,
            branchPrefix: branchPrefix.split(separator: "/").joined(separator: "/")
        )
        if git != nil { try repository.makeSandboxFolders([cwd] + policy.foldersToMake) }
        return policy
    }

    /// Why no message is to be sent to the agent now: its worktree is on another branch than its own.
    ///
    /// - Throws: `WorkspaceError` when the worktree is none any more.
    func misplacement(in repository: GitRepository) throws(WorkspaceError) -> String? {
        guard let worktree, let branch else { return nil }
        let shown = try repository.agentFolders(worktree: worktree).branch
        guard shown != branch else { return nil }
        return "its worktree is on \(shown.map(SafeText.line) ?? "no branch"), and not on \(branch): "
            + "put it right, then `orch issue retry`"
    }

    /// The thread's name in codex, for people who look there.
    var name: String { "orch: " + (worktree?.split(separator: "/").last.map(String.init) ?? role) }
}
