import CodexAppServer
import FoundationEssentials
import OrchCore

extension Effect.ThreadSetup {
    /// The policy for codex, with the folders that it needs.
    ///
    /// - Parameter branchPrefix: as in the settings, with the slash at its end.
    /// - Returns: the policy.
    /// - Throws: `AppServerError` with `files` when the worktree is none any more.
    func policy(branchPrefix: String) throws(AppServerError) -> HubThreadPolicy {
        var git: GitFolders?
        if let worktree { git = try GitFolders.of(worktree: worktree) }
        let prefix = branchPrefix.split(separator: "/").joined(separator: "/")
        let policy = HubThreadPolicy(
            folder: cwd,
            git: git,
            isDangerous: dangerous,
            model: model,
            instructions: instructions,
            tools: hasTools ? ControlTools.definitions : nil,
            branchPrefix: prefix
        )
        for folder in policy.foldersToMake {
            do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
                throw AppServerError(.files, "can't make \(folder): \(error)")
            }
        }
        return policy
    }

    /// The thread's name in codex, for people who look there.
    var name: String { "orch: " + (worktree?.split(separator: "/").last.map(String.init) ?? role) }
}
